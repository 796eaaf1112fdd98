"""Addresses of accounts: signing in, passwords, people, API tokens."""

from django.urls import path

from kiv.accounts.views import people, signing_in, tokens

app_name = "accounts"
urlpatterns = [
    path("login/", signing_in.SignInView.as_view(), name="login"),
    path("logout/", signing_in.SignOutView.as_view(), name="logout"),
    path("password/", signing_in.password_change, name="password_change"),
    path("password/set/<str:uid>/<str:token>/", signing_in.password_set, name="password_set"),
    path("people/", people.person_list, name="person_list"),
    path("people/me/", people.person_me, name="person_me"),
    path("people/me/data.json", people.person_data, name="person_data"),
    path("people/me/tokens/", tokens.token_list, name="token_list"),
    path("people/me/tokens/<int:token_id>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/<int:person_id>/", people.person_detail, name="person_detail"),
    path("people/<int:person_id>/link/", people.person_link, name="person_link"),
    path("people/<int:person_id>/deactivate/", people.person_deactivate, name="person_deactivate"),
    path("people/<int:person_id>/activate/", people.person_activate, name="person_activate"),
    path(
        "people/<int:person_id>/memberships/<int:membership_id>/remove/",
        people.membership_remove,
        name="membership_remove",
    ),
]
