An agent signs in and is paused from the start

Events
  09:00:00.0  QueueMemberAdded    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=1
  09:05:00.0  QueueMemberPause    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0 PausedReason=

States
  agent          from      until     state
  Alice_Janssen  09:00:00  09:05:00  unavailable
  Alice_Janssen  09:05:00  -         available
