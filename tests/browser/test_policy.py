"""What the security policy forbids."""

import pytest


@pytest.mark.parametrize("address", ["/", "/mitra/", "/akun/masuk/"])
def test_an_injected_script_does_not_run(page, problems, address):
    page.goto(address)

    page.evaluate("""() => {
        const script = document.createElement("script")
        script.textContent = "window.injected = true"
        document.body.append(script)
        document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='injected = 1'>")
    }""")
    page.wait_for_timeout(100)

    assert page.evaluate("window.injected") is None
    assert ["Content Security Policy" in each for each in problems] == [True, True]
    problems.clear()
