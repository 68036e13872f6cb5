An extension calls a queue

The call is internal; the visit to the queue is there all the same.

Channels
  gijs   PJSIP/1007-00000001  1.1      1007
  alice  PJSIP/1001-00000002  1.2 1.1  1001

Events
  09:00:00.0  Newchannel        gijs          ChannelState=4 Context=from-internal Exten=400
  09:00:00.0  Newexten          gijs          Context=from-internal Extension=400 Priority=1 Application=Goto
  09:00:00.0  Newexten          gijs          Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          gijs          Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   gijs          Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel        alice         ChannelState=0 Exten=s
  09:00:00.1  AgentCalled       gijs > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:00.1  DialBegin         gijs > alice  DialString=1001
  09:00:03.1  DialEnd           gijs > alice  DialStatus=ANSWER
  09:00:03.1  QueueCallerLeave  gijs          Queue=sales Position=1 Count=0
  09:00:03.1  AgentConnect      gijs > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=3 RingTime=3
  09:00:03.1  BridgeEnter       alice         BridgeUniqueid=b1
  09:00:03.1  BridgeEnter       gijs          BridgeUniqueid=b1
  09:00:23.1  HangupRequest     gijs          Cause=16
  09:00:23.1  AgentComplete     gijs > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=3 TalkTime=20 Reason=caller
  09:00:23.1  BridgeLeave       gijs          BridgeUniqueid=b1
  09:00:23.1  BridgeLeave       alice         BridgeUniqueid=b1
  09:00:23.1  Hangup            alice         Cause=16
  09:00:23.1  Hangup            gijs          Cause=16

Calls
  direction  extension  group  by    outcome   wait  talk
  internal   1007       sales  1001  answered  3     20
Visits
  group  direction  outcome   wait  agent
  sales  internal   answered  3     Alice_Janssen
Missed
  outside  state
