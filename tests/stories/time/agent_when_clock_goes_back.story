An agent is signed in while the clock goes back

Signed in from half past one to half past three by the clock: three hours.

Events
  2026-10-25 01:30:00.0+02:00  QueueMemberAdded      Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  2026-10-25 03:30:00.0+01:00  QueueMemberRemoved    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0

States
  agent          from            until           state
  Alice_Janssen  01:30:00+02:00  03:30:00+01:00  available
  Alice_Janssen  03:30:00+01:00  -               signed_out
