An agent signs in to two queues and leaves one of them

Signed out is who has left the last queue.

Events
  09:00:00.0  QueueMemberAdded      Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  09:01:00.0  QueueMemberAdded      Queue=support Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  10:00:00.0  QueueMemberRemoved    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  11:00:00.0  QueueMemberRemoved    Queue=support Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0

States
  agent          from      until     state
  Alice_Janssen  09:00:00  11:00:00  available
  Alice_Janssen  11:00:00  -         signed_out
