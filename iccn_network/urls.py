urlpatterns = []
handler400 = "regions.error_views.bad_request"
