"""Addresses of people's pages."""

from django.urls import path

from kafedra.web.people.invited import views as invited
from kafedra.web.people.joining import views as joining
from kafedra.web.people.links import views as links
from kafedra.web.people.members.views import everybody, one
from kafedra.web.people.providers import views as providers
from kafedra.web.people.roster import views as roster
from kafedra.web.people.views import account, invitations, sign_in

app_name = "people"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/link/", links.ask_for_link, name="ask_for_link"),
    path("sign-in/link/<str:token>/", links.open_link, name="open_link"),
    path("sign-in/with/<slug:provider>/", providers.begin, name="sign_in_with"),
    path("sign-in/with/<slug:provider>/back/", providers.back, name="back_from_provider"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("invite/<str:token>/", invitations.invitation, name="invitation"),
    path("join/<slug:run>/", joining.join, name="join"),
    path("account/", account.account, name="account"),
    path("account/email/", links.change_email, name="change_email"),
    path("account/email/<str:token>/", links.confirm_email, name="confirm_email"),
    path("account/with/<slug:provider>/", providers.connect, name="connect_provider"),
    path("account/with/<int:pk>/disconnect/", providers.disconnect, name="disconnect_provider"),
    path("account/tokens/", account.create_token, name="create_token"),
    path("account/tokens/<int:pk>/revoke/", account.revoke_token, name="revoke_token"),
    path("account/password/", account.change_password, name="change_password"),
    path("account/sessions/end/", account.end_sessions, name="end_sessions"),
    path("<slug:run>/people/", everybody.people, name="people"),
    path("<slug:run>/people/requests/approve/", joining.approve_all, name="approve_requests"),
    path("<slug:run>/people/requests/<int:pk>/approve/", joining.approve, name="approve_request"),
    path("<slug:run>/people/requests/<int:pk>/decline/", joining.decline, name="decline_request"),
    path("<slug:run>/people/requests/<int:pk>/again/", invited.send_again, name="invite_again"),
    path("<slug:run>/people/domains/", joining.add_domain, name="add_domain"),
    path("<slug:run>/people/domains/<int:pk>/remove/", joining.remove_domain, name="remove_domain"),
    path("<slug:run>/people/import/", roster.upload, name="import_roster"),
    path("<slug:run>/people/import/apply/", roster.apply, name="apply_roster"),
    path("<slug:run>/people/import/errors/", roster.errors, name="roster_errors"),
    path("<slug:run>/people/export.csv", roster.export_csv, name="export_roster_csv"),
    path("<slug:run>/people/export.xlsx", roster.export_xlsx, name="export_roster_xlsx"),
    path("<slug:run>/people/members/<int:pk>/", one.member, name="member"),
    path("<slug:run>/people/members/<int:pk>/remove/", one.remove, name="remove_member"),
    path("<slug:run>/people/invitations/<int:pk>/revoke/", invitations.revoke, name="revoke_invitation"),
]
