"""Who gets which answer at which address, as section 8 of the design wants it.

One line an address: the status of GET and of POST for each kind of user, or one pair for all.
A second line about an address has a word in brackets: the same page of another row. 302 at a place
for those who sign in leads a visitor there; what an officer of another region may not see is not
found (404), what everybody sees but only others may touch is forbidden (403).
"""

#                                           own     other   whole   expired own     network super-
#                                   visitor officer region  province        steward staff   user
ADDRESSES = """
stakeholders:home                   200/405
stakeholders:stakeholders           200/405
stakeholders:suggestions            200/405
stakeholders:stakeholder_map        200/405
stakeholders:stakeholder_export     200/405
stakeholders:stakeholder            200/405
stakeholders:stakeholder(draft)     404/405 200/405 404/405 200/405 404/405 404/405 200/405 200/405
stakeholders:shortlist              200/302
stakeholders:comparison             200/405
stakeholders:evidence_sheet         200/405
stakeholders:network                200/405
regions:regions                     200/405
regions:map                         200/405
regions:region                      200/405
regions:region_preview              404/405 404/405 404/405 404/405 404/405 404/405 200/405 200/405
regions:province                    200/405
regions:subsectors                  200/405
regions:subsector                   200/405
about                               200/405
robots.txt                          200/405
favicon.ico                         302/302

collaborations:practices            200/405
collaborations:practice             200/405
collaborations:suggest              200/200
collaborations:suggested            200/405
collaborations:suggestion_status    200/405
collaborations:suggest_correction   200/200
collaborations:suggest_correction(draft) 404/404
collaborations:claim                200/200
collaborations:claim(draft)         404/404
collaborations:claimed              200/405
collaborations:claim_consent        200/302
collaborations:claim_agreed         200/405
collaborations:claim_declined       200/405
collaborations:steward_accept       200/302
collaborations:inquire              200/302
collaborations:inquire(draft)       404/404
collaborations:inquiry_sent         200/405
collaborations:inquiry_withdrawn    200/405
collaborations:inquiry_answer       200/302
collaborations:inquiry_state        200/302
collaborations:subscribe            200/302
collaborations:subscription_asked   200/405
collaborations:subscription_ended   200/405
collaborations:subscription_confirm 200/302
collaborations:subscription         200/302
collaborations:subscription_stop    200/200
upkeep:link_sent                    200/405
upkeep:mails                        200/200
upkeep:link                         200/302
upkeep:correct                      200/200

account_home                        302/405 200/405 200/405 200/405 200/405 200/405 200/405 200/405
account_login                       200/200 302/302 302/302 302/302 302/302 302/302 302/302 302/302
account_logout                      302/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302
account_signup                      200/405
account_inactive                    200/405
account_reauthenticate              302/302 200/200 200/200 200/200 200/200 200/200 200/200 200/200
account_email                       302/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302
account_email_confirm               302/302 200/302 410/410 410/410 410/410 410/410 410/410 410/410
account_change_password             302/302 200/200 200/200 200/200 200/200 200/200 200/200 200/200
account_set_password                302/302
account_reset_password              200/200
account_reset_password_done         200/405
account_reset_password_from_key     302/302
account_reset_password_from_key_done 200/405
invitation                          200/302
mfa_index                           302/302 200/405 200/405 200/405 200/405 200/405 200/405 200/405
mfa_authenticate                    302/302
mfa_reauthenticate                  302/302
mfa_activate_totp                   302/302 200/200 200/200 200/200 200/200 200/200 200/200 200/200
mfa_deactivate_totp                 302/302 404/404 404/404 404/404 404/404 404/404 404/404 404/404
mfa_view_recovery_codes             302/302 404/405 404/405 404/405 404/405 404/405 404/405 404/405
mfa_generate_recovery_codes         302/302 200/200 200/200 200/200 200/200 200/200 200/200 200/200
mfa_list_webauthn                   302/302
mfa_add_webauthn                    302/302 200/200 200/200 200/200 200/200 200/200 200/200 200/200
mfa_login_webauthn                  302/302
mfa_reauthenticate_webauthn         302/302
mfa_edit_webauthn                   302/302 404/404 404/404 404/404 404/404 404/404 404/404 404/404
mfa_remove_webauthn                 302/302 404/404 404/404 404/404 404/404 404/404 404/404 404/404
usersessions_list                   302/302 200/302 200/302 200/302 200/302 200/302 200/302 200/302

workspace:overview                  302/405 200/405 200/405 200/405 403/405 200/405 200/405 200/405
workspace:region                    302/405 200/405 403/405 200/405 403/405 403/405 200/405 200/405
workspace:region_settings           302/302 200/302 403/403 200/302 403/403 403/403 200/302 200/302
workspace:listings                  302/405 200/405 200/405 200/405 403/405 200/405 200/405 200/405
workspace:bulk                      405/302 405/302 405/302 405/302 405/403 405/302 405/302 405/302
workspace:listing_create            302/302 200/302 200/200 200/302 403/403 403/403 200/302 200/302
workspace:new_draft                 405/302 405/200 405/403 405/200 405/403 405/403 405/200 405/200
workspace:alike                     302/405 200/405 200/405 200/405 403/405 200/405 200/405 200/405
workspace:listing                   302/302 200/302 403/403 200/302 403/403 200/302 200/302 200/302
workspace:listing(draft)            302/302 200/302 404/404 200/302 403/403 404/404 200/302 200/302
workspace:listing_draft             405/302 405/200 405/403 405/200 405/403 405/200 405/200 405/200
workspace:listing_draft(draft)      405/302 405/200 405/404 405/200 405/403 405/404 405/200 405/200
workspace:listing_preview           302/405 200/405 403/405 200/405 403/405 200/405 200/405 200/405
workspace:listing_preview(draft)    302/405 200/405 404/405 200/405 403/405 404/405 200/405 200/405
workspace:listing_confirm           405/302 405/302 405/403 405/302 405/403 405/302 405/302 405/302
workspace:listing_confirm(draft)    405/302 405/302 405/404 405/302 405/403 405/404 405/302 405/302
workspace:listing_publish           405/302 405/302 405/403 405/302 405/403 405/302 405/302 405/302
workspace:listing_publish(draft)    405/302 405/302 405/404 405/302 405/403 405/404 405/302 405/302
workspace:listing_archive           405/302 405/302 405/403 405/302 405/403 405/302 405/302 405/302
workspace:listing_archive(pending)  405/302 405/302 405/404 405/302 405/403 405/404 405/302 405/302
workspace:listing_restore           405/302 405/302 405/403 405/302 405/403 405/302 405/302 405/302
workspace:listing_restore(archived) 405/302 405/302 405/404 405/302 405/403 405/404 405/302 405/302
workspace:listing_duplicate         302/405 302/405 403/405 302/405 403/405 403/405 302/405 302/405
workspace:listing_duplicate(draft)  302/405 302/405 404/405 302/405 403/405 403/405 302/405 302/405
workspace:listing_move              302/302 200/200 403/403 200/302 403/403 403/403 200/302 200/302
workspace:listing_move(draft)       302/302 200/200 404/404 200/302 403/403 403/403 200/302 200/302
workspace:listing_history           302/405 200/405 403/405 200/405 403/405 200/405 200/405 200/405
workspace:listing_history(draft)    302/405 200/405 404/405 200/405 403/405 404/405 200/405 200/405
workspace:propose_merge             302/302 200/200 403/403 200/200 403/403 403/403 200/200 200/200
workspace:listing_stewards          302/302 200/302 403/403 200/302 403/403 403/403 200/302 200/302
workspace:listing_stewards(draft)   302/302 200/302 404/404 200/302 403/403 403/403 200/302 200/302
workspace:link                      302/302 200/200 403/403 200/200 403/403 200/200 200/200 200/200
workspace:link(draft)               302/302 200/200 404/404 200/200 403/403 404/404 200/200 200/200
workspace:draft_preview             302/405 200/405 404/405 200/405 403/405 403/405 200/405 200/405
workspace:draft_continue            405/302 405/302 405/404 405/302 405/403 405/404 405/302 405/302
workspace:draft_discard             405/302 405/302 405/404 405/302 405/403 405/404 405/302 405/302
workspace:reviews                   302/405 200/405 200/405 200/405 403/405 403/405 200/405 200/405
workspace:review                    302/405 200/405 404/405 200/405 403/405 200/405 200/405 200/405
workspace:review_approve            405/302 405/302 405/404 405/302 405/403 405/403 405/302 405/302
workspace:review_send_back          405/302 405/302 405/404 405/302 405/403 405/403 405/302 405/302
workspace:review_withdraw           405/302 405/403 405/404 405/403 405/403 405/302 405/403 405/403
workspace:proposals                 302/405 200/405 200/405 200/405 403/405 403/405 200/405 200/405
workspace:proposal                  302/405 200/405 404/405 200/405 403/405 403/405 200/405 200/405
workspace:proposal_accept           302/302 200/302 404/404 200/302 403/403 403/403 200/302 200/302
workspace:proposal_decline          405/302 405/302 405/404 405/302 405/403 405/403 405/302 405/302
workspace:correction_take           405/302 405/302 405/404 405/302 405/403 405/403 405/302 405/302
workspace:stewards                  302/405 200/405 200/405 200/405 403/405 403/405 200/405 200/405
workspace:claim                     302/302 200/302 404/404 200/302 403/403 403/403 200/302 200/302
workspace:invitation_resend         405/302 405/302 405/404 405/302 405/403 405/403 405/302 405/302
workspace:invitation_withdraw       405/302 405/302 405/404 405/302 405/403 405/403 405/302 405/302
workspace:stewardship_end           405/302 405/302 405/404 405/302 405/403 405/403 405/302 405/302
workspace:resign                    302/302 404/404 404/404 404/404 403/403 200/302 404/404 404/404
workspace:inquiries                 302/405 200/405 200/405 200/405 403/405 403/405 200/405 200/405
workspace:inquiry                   302/302 200/302 404/404 200/302 403/403 403/403 200/403 200/302
workspace:people                    302/405 200/405 200/405 200/405 403/405 403/405 200/405 200/405
workspace:invite                    302/302 200/302 200/200 200/302 403/403 403/403 200/302 200/302
workspace:hand_over                 302/302 200/302 404/404 404/404 403/403 403/403 404/404 404/404
workspace:assignment_end            302/302 200/302 404/404 403/403 403/403 403/403 200/302 200/302
workspace:officer_invitation_resend 405/302 405/302 405/404 405/302 405/403 405/403 405/302 405/302
workspace:officer_invitation_withdraw 405/302 405/302 405/404 405/302 405/403 405/403 405/302 405/302
workspace:mail                      302/302 200/302 200/302 200/302 403/403 403/403 200/302 200/302
workspace:history                   302/405 200/405 200/405 200/405 403/405 403/405 200/405 200/405
workspace:change                    302/302 200/302 404/404 200/302 403/403 404/404 200/302 200/302

transfers:imports                   302/302 200/302 200/302 200/302 403/403 403/403 200/302 200/302
transfers:template_csv              302/405 200/405 200/405 200/405 403/405 403/405 200/405 200/405
transfers:template_xlsx             302/405 200/405 200/405 200/405 403/405 403/405 200/405 200/405
transfers:import                    302/405 200/405 404/405 404/405 403/405 403/405 404/405 404/405
transfers:columns                   302/302 200/302 404/404 404/404 403/403 403/403 404/404 404/404
transfers:decisions                 405/302 405/302 405/404 405/404 405/403 405/403 405/404 405/404
transfers:save                      405/302 405/302 405/404 405/404 405/403 405/403 405/404 405/404
transfers:undo                      405/302 405/302 405/404 405/404 405/403 405/403 405/404 405/404
transfers:again                     405/302 405/302 405/404 405/404 405/403 405/403 405/404 405/404
transfers:delete                    405/302 405/302 405/404 405/404 405/403 405/403 405/404 405/404
transfers:report                    302/405 200/405 404/405 404/405 403/405 403/405 404/405 404/405
transfers:refused                   302/405 200/405 404/405 404/405 403/405 403/405 404/405 404/405
transfers:exports                   302/405 200/405 200/405 200/405 403/405 403/405 200/405 200/405
transfers:export_csv                302/405 200/405 200/405 200/405 403/405 403/405 200/405 200/405
transfers:export_xlsx               302/405 200/405 200/405 200/405 403/405 403/405 200/405 200/405

admin:index                         302/302 302/302 302/302 302/302 302/302 302/302 200/200 200/200
admin:app_list                      302/302 302/302 302/302 302/302 302/302 302/302 200/200 200/200
admin/login/                        302/405 403/405 403/405 403/405 403/405 403/405 302/405 302/405
admin/password_change/              302/302
admin:login                         302/405 403/405 403/405 403/405 403/405 403/405 302/405 302/405
admin:logout                        302/302 302/302 302/302 302/302 302/302 302/302 405/200 405/200
admin:password_change               302/302
admin:password_change_done          302/302 302/302 302/302 302/302 302/302 302/302 200/405 200/405
admin:autocomplete                  302/302 302/302 302/302 302/302 302/302 302/302 200/405 200/405
admin:jsi18n                        302/302 302/302 302/302 302/302 302/302 302/302 200/405 200/405
admin:view_on_site                  302/302
admin:auth_user_password_change     302/302 302/302 302/302 302/302 302/302 302/302 200/200 200/200
admin:regions_profiledraft_preview  302/302 302/302 302/302 302/302 302/302 302/302 302/200 302/200
admin:regions_profiledraft_preview_new 302/302 302/302 302/302 302/302 302/302 302/302 302/200 302/200
admin:stakeholders_stakeholder_merge 302/302 302/302 302/302 302/302 302/302 302/302 200/302 200/302
admin:stakeholders_likelyduplicate_look 302/302 302/302 302/302 302/302 302/302 302/302 403/302 403/302
admin:history_change_export         302/302 302/302 302/302 302/302 302/302 302/302 200/200 200/200
admin:history_change_unknown        302/302 302/302 302/302 302/302 302/302 302/302 200/200 200/200
network_health                      302/302 302/302 302/302 302/302 302/302 302/302 200/405 200/405
"""

# Of the pages that the admin has for each model: what network staff may, and what superusers may.
# "see" is the page of a row to read, "change" the same to write; others lead to the sign-in.
ADMIN = """
accounts_invitation         list add see history        | list add see history
accounts_officerassignment  list add change delete history | list add change delete history
accounts_user               list add change history     | list add change delete history
auth_group                                              | list add change delete history
collaborations_adoption     list add change delete history | list add change delete history
collaborations_goodpractice list add change delete history | list add change delete history
collaborations_savedsearch  list see delete history     | list see delete history
collaborations_suggestion   list see delete history     | list see delete history
history_change              list change history         | list change history
procrastinate_procrastinatejob                          | list see history
regions_profiledraft        list add change delete history | list add change delete history
regions_province            list change history         | list add change delete history
regions_recognition         list add change delete history | list add change delete history
regions_region              list change history         | list add change delete history
regions_regionsubsector     list add change delete history | list add change delete history
regions_subsector           list add change delete history | list add change delete history
stakeholders_likelyduplicate list see history           | list see history
stakeholders_offering       list add change delete history | list add change delete history
stakeholders_offeringcategory list add change delete history | list add change delete history
stakeholders_organizationtype list add change delete history | list add change delete history
stakeholders_searchterm     list add change delete history | list add change delete history
stakeholders_stakeholder    list add change history     | list add change delete history
stakeholders_stewardship    list add change history     | list add change delete history
stakeholders_vainsearch     list see history            | list see history
"""

# Without a token the site takes a form only here: what proves the sender is named beside it.
WITHOUT_CSRF_TOKEN = {
    "collaborations:subscription_stop": "the token of the address",
    "upkeep:link": "the token of the address",
    "upkeep:correct": "the token of the address",
    "upkeep:mails": "the token of the address",
}


def rows(table):
    """Return {what stands first in a line: the rest of it}."""
    pairs = [line.split(maxsplit=1) for line in table.splitlines() if line]
    found = dict(pairs)
    assert len(found) == len(pairs), "An address stands there twice."
    return found
