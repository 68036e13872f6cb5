An agent signs in to a queue in the morning and out in the evening

Events
  09:00:00.0  QueueMemberAdded      Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  17:00:00.0  QueueMemberRemoved    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0

Calls
  direction  outcome
States
  agent          from      until     state       reason
  Alice_Janssen  09:00:00  17:00:00  available   -
  Alice_Janssen  17:00:00  -         signed_out  -
