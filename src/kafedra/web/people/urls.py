"""Addresses of people's pages."""

from django.urls import path

from kafedra.web.people.views import account, invitations, sign_in

app_name = "people"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("invite/<str:token>/", invitations.invitation, name="invitation"),
    path("account/", account.account, name="account"),
    path("account/tokens/", account.create_token, name="create_token"),
    path("account/tokens/<int:pk>/revoke/", account.revoke_token, name="revoke_token"),
    path("account/password/", account.change_password, name="change_password"),
    path("account/sessions/end/", account.end_sessions, name="end_sessions"),
    path("<slug:run>/people/", invitations.people, name="people"),
    path("<slug:run>/people/invitations/<int:pk>/revoke/", invitations.revoke, name="revoke_invitation"),
]
