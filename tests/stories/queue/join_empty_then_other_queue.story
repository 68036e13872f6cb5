A queue without any agent passes the caller on

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel        caller          ChannelState=4 Context=from-trunk Exten=+31201230009
  09:00:00.0  Newexten          caller          Context=from-trunk Extension=+31201230009 Priority=1 Application=Set AppData=FROM_DID=+31201230009
  09:00:00.0  Newexten          caller          Context=ext-queues Extension=402 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller          Context=ext-queues Extension=402 Priority=2 Application=Queue AppData=backoffice,tT
  09:00:00.0  VarSet            caller          Variable=QUEUESTATUS Value=JOINEMPTY
  09:00:00.0  Newexten          caller          Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   caller          Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel        alice           ChannelState=0 Exten=s
  09:00:00.1  AgentCalled       caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:00.1  DialBegin         caller > alice  DialString=1001
  09:00:03.1  DialEnd           caller > alice  DialStatus=ANSWER
  09:00:03.1  QueueCallerLeave  caller          Queue=sales Position=1 Count=0
  09:00:03.1  AgentConnect      caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=3 RingTime=3
  09:00:03.1  BridgeEnter       alice           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter       caller          BridgeUniqueid=b1
  09:00:13.1  HangupRequest     caller          Cause=16
  09:00:13.1  AgentComplete     caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=3 TalkTime=10 Reason=caller
  09:00:13.1  BridgeLeave       caller          BridgeUniqueid=b1
  09:00:13.1  BridgeLeave       alice           BridgeUniqueid=b1
  09:00:13.1  Hangup            alice           Cause=16
  09:00:13.1  Hangup            caller          Cause=16

Calls
  group       outcome   by    wait
  backoffice  answered  1001  3
Visits
  group       wait  agent
  backoffice  0     -
  sales       3     Alice_Janssen
