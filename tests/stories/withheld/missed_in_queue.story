A caller with a withheld number gives up in a queue

A missed call that cannot be returned: counted apart.

Channels
  caller  PJSIP/trunk-00000001  1.1      anonymous
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel          caller          ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten            caller          Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten            caller          Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten            caller          Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin     caller          Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel          alice           ChannelState=0 Exten=s
  09:00:00.1  AgentCalled         caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:00.1  DialBegin           caller > alice  DialString=1001
  09:00:03.0  HangupRequest       caller
  09:00:03.0  DialEnd             caller > alice  DialStatus=CANCEL
  09:00:03.0  QueueCallerAbandon  caller          Queue=sales Position=1 OriginalPosition=1 HoldTime=3
  09:00:03.0  QueueCallerLeave    caller          Queue=sales Position=1 Count=0
  09:00:03.0  DialEnd             caller > alice  DialStatus=CANCEL
  09:00:03.0  Hangup              alice           Cause=16
  09:00:03.0  Hangup              caller          Cause=0

Calls
  caller  withheld  outcome    group  wait
  -       yes       abandoned  sales  3
Visits
  group  outcome    wait
  sales  abandoned  3
Missed
  outside  state
  -        not_returnable
