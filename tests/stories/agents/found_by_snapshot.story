A snapshot tells who is signed in and who is paused

Events
  09:00:00.0  QueueMember            Queue=sales Name=Alice_Janssen Location=PJSIP/1001 Membership=dynamic Paused=0 PausedReason= Status=1
  09:00:00.0  QueueMember            Queue=sales Name=Bram_de_Vries Location=PJSIP/1002 Membership=dynamic Paused=1 PausedReason=Lunch Status=1
  09:00:00.1  QueueStatusComplete    EventList=Complete ListItems=2
  09:10:00.0  QueueMemberPause       Queue=sales Interface=PJSIP/1002 MemberName=Bram_de_Vries Paused=0 PausedReason=

States
  agent          from      until     state
  Alice_Janssen  09:00:00  -         available
  Bram_de_Vries  09:00:00  09:10:00  unavailable
  Bram_de_Vries  09:10:00  -         available
