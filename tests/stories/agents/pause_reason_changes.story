An agent changes the reason of a pause

A second pause without an unpause in between; a reason may hold colons and commas.

Events
  09:00:00.0  QueueMemberAdded    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  09:10:00.0  QueueMemberPause    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=1 PausedReason=Coffee
  09:15:00.0  QueueMemberPause    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=1 PausedReason=Meeting:_weekly,_room_2
  09:30:00.0  QueueMemberPause    Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0 PausedReason=

States
  agent          from      until     state        reason
  Alice_Janssen  09:00:00  09:10:00  available    -
  Alice_Janssen  09:10:00  09:15:00  unavailable  Coffee
  Alice_Janssen  09:15:00  09:30:00  unavailable  Meeting:_weekly,_room_2
  Alice_Janssen  09:30:00  -         available    -
