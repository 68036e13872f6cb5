An agent pauses in one queue and stays ready in the other

Who can still be given a call is available.

Events
  09:00:00.0  QueueMemberAdded      Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  09:00:00.0  QueueMemberAdded      Queue=support Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  09:10:00.0  QueueMemberPause      Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=1 PausedReason=Mail
  09:20:00.0  QueueMemberPause      Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0 PausedReason=Mail
  10:00:00.0  QueueMemberRemoved    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  10:00:00.0  QueueMemberRemoved    Queue=support Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0

States
  agent          from      until     state       reason
  Alice_Janssen  09:00:00  10:00:00  available   -
  Alice_Janssen  10:00:00  -         signed_out  -
