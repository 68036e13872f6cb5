A queue call goes on at a colleague of the agent's

The agent's own part and the stay in the queue are over, and count; the colleague's part and the call do not yet.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  cor     PJSIP/1003-00000003   1.3 1.1  1003

Events
  09:00:00.0  Newchannel        caller          ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller          Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller          Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   caller          Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel        alice           ChannelState=0 Exten=s
  09:00:00.1  AgentCalled       caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:00.1  DialBegin         caller > alice  DialString=1001
  09:00:04.1  DialEnd           caller > alice  DialStatus=ANSWER
  09:00:04.1  QueueCallerLeave  caller          Queue=sales Position=1 Count=0
  09:00:04.1  AgentConnect      caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 RingTime=4
  09:00:04.1  BridgeEnter       alice           BridgeUniqueid=b1
  09:00:04.1  BridgeEnter       caller          BridgeUniqueid=b1
  09:00:24.1  BlindTransfer                     Transferer:alice Transferee:caller Extension=1003 Result=Success IsExternal=No
  09:00:24.1  BridgeLeave       caller          BridgeUniqueid=b1
  09:00:24.1  BridgeLeave       alice           BridgeUniqueid=b1
  09:00:24.1  Hangup            alice           Cause=16
  09:00:24.2  Newchannel        cor             ChannelState=0 Exten=s
  09:00:24.2  DialBegin         caller > cor    DialString=1003
  09:00:27.2  DialEnd           caller > cor    DialStatus=ANSWER
  09:00:27.2  BridgeEnter       cor             BridgeUniqueid=b2
  09:00:27.2  BridgeEnter       caller          BridgeUniqueid=b2

Calls
  outcome      by    transfers
  in_progress  1001  1
Legs
  extension  outcome      talk
  1001       answered     20
  1003       in_progress  0
Visits
  group  outcome   wait  talk
  sales  answered  4     20
