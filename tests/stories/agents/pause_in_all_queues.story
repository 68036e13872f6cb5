An agent pauses in all queues at once

One press of a key, and Asterisk says it once for each queue.

Events
  09:00:00.0  QueueMemberAdded    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  09:00:00.0  QueueMemberAdded    Queue=support Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  09:10:00.0  QueueMemberPause    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=1 PausedReason=Lunch
  09:10:00.0  QueueMemberPause    Queue=support Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=1 PausedReason=Lunch
  09:40:00.0  QueueMemberPause    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0 PausedReason=Lunch
  09:40:00.0  QueueMemberPause    Queue=support Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0 PausedReason=Lunch

States
  agent          from      until     state        reason
  Alice_Janssen  09:00:00  09:10:00  available    -
  Alice_Janssen  09:10:00  09:40:00  unavailable  Lunch
  Alice_Janssen  09:40:00  -         available    -
