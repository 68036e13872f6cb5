An agent is signed in over midnight

One stretch; reports cut it at midnight.

Events
  2026-11-23 23:50:00.0  QueueMemberAdded      Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  2026-11-24 00:20:00.0  QueueMemberRemoved    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0

States
  agent          from                 until                state
  Alice_Janssen  2026-11-23T23:50:00  2026-11-24T00:20:00  available
  Alice_Janssen  2026-11-24T00:20:00  -                    signed_out
