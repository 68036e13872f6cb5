A menu, a key, and then a queue

Time in a menu is not waiting: waiting begins when the caller enters the queue. A menu never answers a call.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel        caller          ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller          Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller          Context=ivr-1 Extension=s Priority=1 Application=Answer
  09:00:00.1  Newexten          caller          Context=ivr-1 Extension=s Priority=3 Application=BackGround AppData=welcome
  09:00:09.0  Newexten          caller          Context=ivr-1 Extension=1 Priority=1 Application=Goto AppData=ext-queues,400,1
  09:00:09.0  Newexten          caller          Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:09.0  QueueCallerJoin   caller          Queue=sales Position=1 Count=1
  09:00:09.0  Newchannel        alice           ChannelState=0 Exten=s
  09:00:09.0  AgentCalled       caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:09.0  DialBegin         caller > alice  DialString=1001
  09:00:14.0  DialEnd           caller > alice  DialStatus=ANSWER
  09:00:14.0  QueueCallerLeave  caller          Queue=sales Position=1 Count=0
  09:00:14.0  AgentConnect      caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=5 RingTime=5
  09:00:14.0  BridgeEnter       alice           BridgeUniqueid=b1
  09:00:14.0  BridgeEnter       caller          BridgeUniqueid=b1
  09:00:44.0  HangupRequest     caller          Cause=16
  09:00:44.0  AgentComplete     caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=5 TalkTime=30 Reason=caller
  09:00:44.0  BridgeLeave       caller          BridgeUniqueid=b1
  09:00:44.0  BridgeLeave       alice           BridgeUniqueid=b1
  09:00:44.0  Hangup            alice           Cause=16
  09:00:44.0  Hangup            caller          Cause=16

Calls
  started   outcome   group  by    wait  talk  duration
  09:00:00  answered  sales  1001  5     30    30
Legs
  kind          extension  outcome   ring  talk
  extension     1001       answered  5     30
  announcement  -          diverted  0     0
Visits
  group  outcome   entered   wait
  sales  answered  09:00:09  5
Missed
  outside  state
