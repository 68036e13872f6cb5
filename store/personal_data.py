"""Which columns of the store are about persons: one declaration, from which access and its tests are made.

Every table and column stands here, personal or not. What is declared personal must be found by a request for
access, erased, kept for a time that is set or said here, and deleted with its tenant: tests/privacy shows it.
"""

from collections.abc import Mapping

from store.personal import Kept, Personal, Table


def _table(kept: Kept, plain: str, *, at: str | None = None, **personal: Personal) -> Table:
    return Table(kept, personal, frozenset(plain.split()), at)


_CALL_COUNTS = (
    "total incoming outgoing internal presented in_progress short_calls offered answered "
    "answered_outside answered_in_target missed conversations answer_wait_seconds "
    "offered_wait_seconds"
)
_LEG_COUNTS = "total incoming outgoing internal missed conversations rings counted_ring_seconds"
_VISIT_COUNTS = (
    "presented in_progress short_calls offered answered answered_direct answered_after_overflow "
    "answered_in_target overflowed abandoned missed answer_wait_seconds"
)
_UNITS = "site_id division_id department_id cost_centre_id"

TABLES: Mapping[str, Table] = {
    # What telephone systems said, and what is made of it.
    "event": _table(
        Kept.LIMIT,
        "tenant_id pbx_id occurred_at key received_at sequence kind call connection peer device_kind "
        "withheld bridge queue cause seconds",
        at="occurred_at",
        number=Personal.OUTSIDE_NUMBER,
        dialled=Personal.OUTSIDE_NUMBER,
        name=Personal.OUTSIDE_NAME,
        device=Personal.EXTENSION,
        agent=Personal.AGENT,
        raw=Personal.MESSAGE,
    ),
    "event_reject": _table(
        Kept.LIMIT,
        "reject_id tenant_id pbx_id received_at source line_number reason digest",
        raw=Personal.MESSAGE,
    ),
    "late_event": _table(Kept.LIMIT, "tenant_id pbx_id refused_at events first_at last_at"),
    "pbx_gap": _table(Kept.LIMIT, "gap_id tenant_id pbx_id began_at ended_at reason filled_at filled_from"),
    "call_key": _table(Kept.LIMIT, "pbx_id ref tenant_id call_id started_at first_at last_at"),
    "call": _table(
        Kept.LIMIT,
        f"tenant_id started_at call_id pbx_id call_ref direction outcome withheld ddi {_UNITS} "
        "contact_group answered_at ended_at duration_seconds ring_seconds wait_seconds talk_seconds "
        "hold_seconds answer_target_seconds transfers ended_by area_code destination country phase "
        f"inferred {_CALL_COUNTS} also_units also_groups",
        at="started_at",
        caller_number=Personal.OUTSIDE_NUMBER,
        caller_name=Personal.OUTSIDE_NAME,
        called_number=Personal.OUTSIDE_NUMBER,
        outside_number=Personal.OUTSIDE_NUMBER,
        customer_id=Personal.CUSTOMER,
        extension=Personal.EXTENSION,
        answered_by=Personal.EXTENSION,
        person_id=Personal.PERSON,
        also_persons=Personal.PERSONS,
    ),
    "leg": _table(
        Kept.LIMIT,
        f"tenant_id started_at call_id leg_number connection kind role direction outcome {_UNITS} "
        "contact_group ddi offered_at answered_at ended_at ring_seconds talk_seconds hold_seconds "
        f"inferred {_LEG_COUNTS}",
        at="started_at",
        number=Personal.OUTSIDE_NUMBER,
        outside_number=Personal.OUTSIDE_NUMBER,
        extension=Personal.EXTENSION,
        agent=Personal.AGENT,
        person_id=Personal.PERSON,
    ),
    "visit": _table(
        Kept.LIMIT,
        "tenant_id started_at call_id visit_number group_kind contact_group ddi direction outcome "
        "entered_at answered_at left_at overflowed_from wait_seconds ring_seconds talk_seconds "
        f"answer_target_seconds short_call_seconds inferred {_VISIT_COUNTS}",
        at="started_at",
        agent=Personal.AGENT,
        extension=Personal.EXTENSION,
    ),
    "missed_call": _table(
        Kept.LIMIT,
        "tenant_id started_at call_id ddi attempted_at attempted_call_id reached_at reached_call_id "
        "came_back_at came_back_call_id closed_at resolution_seconds target_seconds ring_seconds state "
        "missed returned returned_in_target withheld",
        outside_number=Personal.OUTSIDE_NUMBER,
        customer_id=Personal.CUSTOMER,
    ),
    "agent_state": _table(
        Kept.LIMIT,
        "tenant_id from_at until_at pbx_id state reason call_id inferred takes_up_call",
        agent=Personal.AGENT,
    ),
    "agent_group_session": _table(
        Kept.LIMIT,
        "tenant_id from_at until_at pbx_id contact_group paused reason",
        agent=Personal.AGENT,
    ),
    "device_state": _table(
        Kept.LIMIT,
        "tenant_id from_at until_at pbx_id state",
        at="from_at",
        extension=Personal.EXTENSION,
    ),
    "rollup_call_quarter": _table(
        Kept.LIMIT,
        f"tenant_id bucket_start direction ddi contact_group {_CALL_COUNTS} duration_seconds "
        "ring_seconds wait_seconds talk_seconds hold_seconds longest_wait_seconds",
    ),
    "rollup_visit_quarter": _table(
        Kept.LIMIT,
        f"tenant_id bucket_start contact_group group_kind {_VISIT_COUNTS} wait_seconds talk_seconds "
        "longest_wait_seconds offered_wait_seconds counted_ring_seconds",
    ),
    "rollup_extension_day": _table(
        Kept.LIMIT,
        f"tenant_id local_day direction {_UNITS} {_LEG_COUNTS} talk_seconds hold_seconds ring_seconds",
        at="local_day",
        extension=Personal.EXTENSION,
        person_id=Personal.PERSON,
    ),
    "rollup_direction_quarter": _table(
        Kept.LIMIT,
        f"tenant_id bucket_start direction {_CALL_COUNTS} duration_seconds ring_seconds wait_seconds "
        "talk_seconds hold_seconds",
    ),
    "rollup_call_day": _table(
        Kept.LIMIT,
        f"tenant_id local_day direction ddi contact_group last_at {_CALL_COUNTS} duration_seconds "
        "ring_seconds wait_seconds talk_seconds hold_seconds",
    ),
    "rollup_visit_day": _table(
        Kept.LIMIT,
        f"tenant_id local_day contact_group group_kind {_VISIT_COUNTS} wait_seconds talk_seconds "
        "longest_wait_seconds offered_wait_seconds counted_ring_seconds",
    ),
    "rollup_unit_day": _table(
        Kept.LIMIT,
        "tenant_id local_day kind unit_id direction destination total incoming outgoing internal missed "
        "conversations talk_seconds",
    ),
    "rollup_area_day": _table(
        Kept.LIMIT,
        "tenant_id local_day direction area_code destination country total incoming outgoing internal missed "
        "conversations duration_seconds talk_seconds",
    ),
    "rollup_lost_day": _table(Kept.LIMIT, "tenant_id local_day wait_seconds calls"),
    "rollup_agent_call_day": _table(
        Kept.LIMIT,
        "tenant_id local_day contact_group direction rings agent_missed agent_bounced agent_answered "
        "agent_answered_ddi agent_answered_direct agent_answered_after_overflow agent_answer_seconds "
        "talk_seconds",
        at="local_day",
        agent=Personal.AGENT,
        own_extension=Personal.EXTENSION,
    ),
    "rollup_agent_day": _table(
        Kept.LIMIT,
        "tenant_id local_day state reason seconds began calls",
        at="local_day",
        agent=Personal.AGENT,
    ),
    "audit_entry": _table(
        Kept.LIMIT,
        "audit_id occurred_at tenant_id login action object",
        actor=Personal.ACCOUNT,
        account_id=Personal.ACCOUNT,
        address=Personal.TEXT,
        name=Personal.TEXT,
        details=Personal.TEXT,
        key=Personal.TEXT,
    ),
    # Work that waits, and the state of now.
    "touched_call": _table(Kept.WORKED_OFF, "touched_id tenant_id pbx_id call first_at last_at"),
    "touched_agent": _table(Kept.WORKED_OFF, "touched_id tenant_id pbx_id first_at", agent=Personal.AGENT),
    "touched_device": _table(
        Kept.WORKED_OFF, "touched_id tenant_id pbx_id first_at", at="first_at", device=Personal.EXTENSION
    ),
    "dirty_bucket": _table(Kept.WORKED_OFF, "tenant_id bucket_start"),
    "dirty_day": _table(Kept.WORKED_OFF, "tenant_id local_day"),
    "day_sums": _table(Kept.WORKED_OFF, "tenant_id ready_before"),
    "rebuild": _table(Kept.WORKED_OFF, "tenant_id began_at"),
    "live_pbx": _table(Kept.WORKED_OFF, "pbx_id tenant_id connected changed_at updated_at"),
    "live_call": _table(
        Kept.WORKED_OFF,
        "pbx_id connection tenant_id call direction state state_since started_at device ddi withheld",
        at="started_at",
        extension=Personal.EXTENSION,
        number=Personal.OUTSIDE_NUMBER,
    ),
    "live_waiting": _table(
        Kept.WORKED_OFF,
        "pbx_id connection tenant_id contact_group ddi withheld entered_at",
        number=Personal.OUTSIDE_NUMBER,
    ),
    "live_queue": _table(Kept.WORKED_OFF, "pbx_id contact_group tenant_id waiting last_wait_seconds"),
    "live_agent": _table(
        Kept.WORKED_OFF,
        "pbx_id contact_group tenant_id state reason state_since",
        at="state_since",
        agent=Personal.AGENT,
        extension=Personal.EXTENSION,
    ),
    "live_device": _table(
        Kept.WORKED_OFF,
        "pbx_id tenant_id state do_not_disturb state_since",
        at="state_since",
        extension=Personal.EXTENSION,
    ),
    # The organisation.
    "tenant": _table(
        Kept.TENANT,
        "tenant_id slug name time_zone language region edition answer_target_seconds "
        "short_call_seconds resolution_target_minutes created_at returned_when unreturned_days colour "
        "gos_target_percent",
    ),
    "tenant_logo": _table(Kept.TENANT, "tenant_id picture"),
    "pbx": _table(Kept.TENANT, "pbx_id tenant_id slug kind time_zone trunks settings"),
    "organisation_unit": _table(Kept.TENANT, "unit_id tenant_id kind name code area_code"),
    "person": _table(
        Kept.TENANT,
        "tenant_id archived_at",
        person_id=Personal.PERSON,
        reference=Personal.PERSON_NAME,
        name=Personal.PERSON_NAME,
        email=Personal.PERSON_NAME,
    ),
    "extension": _table(
        Kept.TENANT,
        f"tenant_id number valid device_name {_UNITS}",
        person_id=Personal.PERSON,
    ),
    "ddi_group": _table(Kept.TENANT, "ddi_group_id tenant_id name"),
    "ddi": _table(
        Kept.TENANT,
        "tenant_id number valid ddi_group_id site_id answer_target_seconds short_call_seconds",
        name=Personal.PERSON_NAME,
    ),
    "contact_group": _table(
        Kept.TENANT,
        "group_id tenant_id kind pbx_name name number answer_target_seconds short_call_seconds "
        "wrap_up_seconds",
    ),
    "contact_group_member": _table(Kept.TENANT, "group_id valid", at="valid", extension=Personal.EXTENSION),
    "agent": _table(
        Kept.TENANT,
        "agent_id tenant_id extension",
        pbx_name=Personal.AGENT,
        person_id=Personal.PERSON,
    ),
    "customer": _table(
        Kept.TENANT,
        "tenant_id",
        customer_id=Personal.CUSTOMER,
        reference=Personal.OUTSIDE_NAME,
        name=Personal.OUTSIDE_NAME,
    ),
    "customer_number": _table(
        Kept.TENANT,
        "tenant_id valid",
        number=Personal.OUTSIDE_NUMBER,
        customer_id=Personal.CUSTOMER,
    ),
    "working_hours": _table(Kept.TENANT, "tenant_id line weekday opens closes"),
    "holiday": _table(Kept.TENANT, "tenant_id day name"),
    # Who may sign in, and what is decided.
    "account": _table(
        Kept.TENANT,
        "tenant_id role scope_id call_center_basic one_time_until totp_confirmed_at totp_last_step "
        "disabled_at created_at",
        account_id=Personal.ACCOUNT,
        name=Personal.ACCOUNT,
        email=Personal.PERSON_NAME,
        person_id=Personal.PERSON,
        password_hash=Personal.SECRET,
        totp_secret=Personal.SECRET,
    ),
    "account_session": _table(
        Kept.OVER,
        "sign_in_id stage opened_at seen_at idle_lifetime expires_at method",
        session_hash=Personal.SECRET,
        account_id=Personal.ACCOUNT,
        address=Personal.TEXT,
    ),
    "api_token": _table(
        Kept.OVER,
        "tenant_id created_at expires_at scope_id last_used_at token_id",
        token_hash=Personal.SECRET,
        name=Personal.ACCOUNT,
        account_id=Personal.ACCOUNT,
    ),
    "sign_in_attempt": _table(
        Kept.OVER, "sign_in_id attempted_at", subject=Personal.ACCOUNT, address=Personal.TEXT
    ),
    "access_scope": _table(Kept.TENANT, "scope_id tenant_id name"),
    "access_scope_member": _table(
        Kept.TENANT, "tenant_id scope_id unit_id group_id", person_id=Personal.PERSON
    ),
    "own_board": _table(Kept.TENANT, "tenant_id begun_at transition", account_id=Personal.ACCOUNT),
    "wallboard_view": _table(
        Kept.TENANT,
        "view_id tenant_id position seconds page_url",
        account_id=Personal.ACCOUNT,
        title=Personal.TEXT,
    ),
    "tile": _table(
        Kept.TENANT,
        "tile_id tenant_id place view_id position",
        account_id=Personal.ACCOUNT,
        definition=Personal.TEXT,
    ),
    "saved_report": _table(
        Kept.TENANT,
        "saved_report_id tenant_id report shared created_at changed_at",
        account_id=Personal.ACCOUNT,
        name=Personal.TEXT,
        asked=Personal.TEXT,
    ),
    "report_run": _table(
        Kept.OVER,
        "run_id tenant_id scope_id report form flavour language state created_at expires_at claim_id claims "
        "beat_at finished_at rows_done rows_total size_bytes problem problem_values rights",
        owner=Personal.ACCOUNT,
        account_id=Personal.ACCOUNT,
        actor=Personal.ACCOUNT,
        address=Personal.TEXT,
        asked=Personal.TEXT,
    ),
    "organisation_change": _table(Kept.TENANT, "tenant_id changes"),
    "password_link": _table(
        Kept.OVER,
        "made_at expires_at",
        link_hash=Personal.SECRET,
        account_id=Personal.ACCOUNT,
    ),
    "wall_screen": _table(
        Kept.TENANT,
        "screen_id tenant_id name scope_id boards paired_at seen_at",
        secret_hash=Personal.SECRET,
    ),
    # Of devices that wait to be paired, for minutes: they belong to no tenant yet.
    "screen_pairing": _table(Kept.OVER, "secret_hash code address expires_at"),
    "oidc_provider": _table(
        Kept.TENANT,
        "tenant_id issuer client_id name passwords_refused",
        client_secret=Personal.SECRET,
    ),
    "oidc_account": _table(
        Kept.TENANT,
        "tenant_id issuer linked_at",
        account_id=Personal.ACCOUNT,
        subject=Personal.ACCOUNT,
    ),
    "oidc_sign_in": _table(
        Kept.OVER,
        "tenant_id expires_at returned_at",
        browser_hash=Personal.SECRET,
        address=Personal.TEXT,
    ),
    "page_host": _table(Kept.TENANT, "tenant_id host"),
    "alarm": _table(
        Kept.TENANT,
        "alarm_id tenant_id kind name contact_group ddi limit_value recovery_value for_minutes "
        "least_offered working_hours_only enabled",
        mail_to=Personal.TEXT,
        settings=Personal.SECRET,
    ),
    "grafana_organisation": _table(
        Kept.TENANT, "organisation tenant_id scope_id role_name wanted_hash synchronised_at"
    ),
    "database_login": _table(Kept.TENANT, "role_name tenant_id scope_id role"),
    "privacy_setting": _table(
        Kept.TENANT,
        "tenant_id masked_roles masked_digits customers_masked smallest_group event_days call_days "
        "state_days rollup_days gap_days reject_days audit_days purpose legal_ground",
    ),
    "privacy_key": _table(Kept.TENANT, "tenant_id key"),
    "gone_before": _table(Kept.TENANT, "tenant_id kind at"),
    "privacy_act": _table(
        Kept.EVIDENCE, "act_id acted_at tenant_id kind subject details", actor=Personal.ACCOUNT
    ),
    # Of the installation.
    "migration": _table(Kept.TENANT, "name checksum applied_at"),
    "retention_rule": _table(Kept.TENANT, "place kind table_name time_column except_condition"),
}
