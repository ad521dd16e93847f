"""The browser harness itself: it must notice what the other tests rely on."""

STYLES = "/static/css/site.css"


def test_a_console_error_is_noticed(page, problems):
    page.goto(STYLES)
    page.evaluate("console.error('something broke')")

    assert problems == ["console: something broke"]
    problems.clear()


def test_an_uncaught_error_is_noticed(page, problems):
    page.goto(STYLES)
    page.evaluate("setTimeout(() => { throw new Error('nobody caught me') })")
    page.wait_for_timeout(100)

    assert problems == ["uncaught: nobody caught me"]
    problems.clear()


def test_a_request_to_another_origin_is_noticed_and_not_let_out(page, problems):
    page.goto(STYLES)
    for host in ["another.example", "127.0.0.1:8999"]:
        problems.clear()
        page.evaluate(f"fetch('http://{host}/font.woff2').catch(() => null)")

        [watched, console] = problems
        assert watched == f"foreign request: http://{host}/font.woff2"
        assert "net::ERR_NAME_NOT_RESOLVED" in console
    problems.clear()


def test_a_breach_of_the_security_policy_is_noticed(page, problems):
    page.goto("/tentang/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")

    [problem] = problems
    assert "Content Security Policy" in problem
    problems.clear()


def test_a_quiet_page_passes(page):
    response = page.goto(STYLES)

    assert response.status == 200
