A restart of the telephone system signs dynamic agents out

queues.conf keeps nobody: persistentmembers=no.

Events
  09:00:00.0  QueueMemberAdded     Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  10:00:00.0  Shutdown             Shutdown=Cleanly Restart=True
  10:00:01.0  (connection lost)
  10:00:05.0  FullyBooted          Status=Fully_Booted Uptime=2 LastReload=2
  10:05:00.0  QueueMemberAdded     Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0

States
  agent          from      until     state
  Alice_Janssen  09:00:00  10:00:00  available
  Alice_Janssen  10:00:00  10:05:00  signed_out
  Alice_Janssen  10:05:00  -         available
