A queue is full and sends the caller to another queue

A queue that does not take the caller says nothing but QUEUESTATUS: he was presented to it all the same. Overflow because of size.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  eva     PJSIP/1005-00000002   1.2 1.1  1005

Events
  09:00:00.0  Newchannel        caller        ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller        Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller        Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller        Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  VarSet            caller        Variable=QUEUESTATUS Value=FULL
  09:00:00.0  Newexten          caller        Context=ext-queues Extension=401 Priority=2 Application=Queue AppData=support,tT
  09:00:00.0  QueueCallerJoin   caller        Queue=support Position=1 Count=1
  09:00:00.1  Newchannel        eva           ChannelState=0 Exten=s
  09:00:00.1  AgentCalled       caller > eva  Queue=support Interface=PJSIP/1005 MemberName=Eva_Smit
  09:00:00.1  DialBegin         caller > eva  DialString=1005
  09:00:03.1  DialEnd           caller > eva  DialStatus=ANSWER
  09:00:03.1  QueueCallerLeave  caller        Queue=support Position=1 Count=0
  09:00:03.1  AgentConnect      caller > eva  Queue=support Interface=PJSIP/1005 MemberName=Eva_Smit HoldTime=3 RingTime=3
  09:00:03.1  BridgeEnter       eva           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter       caller        BridgeUniqueid=b1
  09:00:13.1  HangupRequest     caller        Cause=16
  09:00:13.1  AgentComplete     caller > eva  Queue=support Interface=PJSIP/1005 MemberName=Eva_Smit HoldTime=3 TalkTime=10 Reason=caller
  09:00:13.1  BridgeLeave       caller        BridgeUniqueid=b1
  09:00:13.1  BridgeLeave       eva           BridgeUniqueid=b1
  09:00:13.1  Hangup            eva           Cause=16
  09:00:13.1  Hangup            caller        Cause=16

Calls
  group  outcome   by    wait
  sales  answered  1005  3
Visits
  group    outcome     wait  agent     overflowed_from
  sales    overflowed  0     -         -
  support  answered    3     Eva_Smit  sales
