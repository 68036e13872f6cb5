An agent transfers a queue call to another queue

Two visits, both answered: the second is no overflow of the first.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  eva     PJSIP/1005-00000003   1.3 1.1  1005

Events
  09:00:00.0  Newchannel        caller          ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller          Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller          Context=ext-queues Extension=400 Priority=1 Application=Answer
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
  09:00:24.1  Unhold            alice
  09:00:24.1  BlindTransfer     Transferer:alice Transferee:caller  Result=Success IsExternal=Yes BridgeUniqueid=b1 Context=from-internal Extension=401
  09:00:24.1  AgentComplete     caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 TalkTime=20 Reason=transfer
  09:00:24.1  Newexten          caller          Context=from-internal Extension=401 Priority=1 Application=Goto
  09:00:24.1  BridgeLeave       caller          BridgeUniqueid=b1
  09:00:24.1  BridgeLeave       alice           BridgeUniqueid=b1
  09:00:24.1  Hangup            alice           Cause=16
  09:00:24.2  Newexten          caller          Context=ext-queues Extension=401 Priority=1 Application=Answer
  09:00:24.2  Newexten          caller          Context=ext-queues Extension=401 Priority=2 Application=Queue AppData=support,tT
  09:00:24.2  QueueCallerJoin   caller          Queue=support Position=1 Count=1
  09:00:24.3  Newchannel        eva             ChannelState=0 Exten=s
  09:00:24.3  AgentCalled       caller > eva    Queue=support Interface=PJSIP/1005 MemberName=Eva_Smit
  09:00:24.3  DialBegin         caller > eva    DialString=1005
  09:00:30.2  DialEnd           caller > eva    DialStatus=ANSWER
  09:00:30.2  QueueCallerLeave  caller          Queue=support Position=1 Count=0
  09:00:30.2  AgentConnect      caller > eva    Queue=support Interface=PJSIP/1005 MemberName=Eva_Smit HoldTime=6 RingTime=6
  09:00:30.2  BridgeEnter       eva             BridgeUniqueid=b2
  09:00:30.2  BridgeEnter       caller          BridgeUniqueid=b2
  09:01:00.2  HangupRequest     caller          Cause=16
  09:01:00.2  AgentComplete     caller > eva    Queue=support Interface=PJSIP/1005 MemberName=Eva_Smit HoldTime=6 TalkTime=30 Reason=caller
  09:01:00.2  BridgeLeave       caller          BridgeUniqueid=b2
  09:01:00.2  BridgeLeave       eva             BridgeUniqueid=b2
  09:01:00.2  Hangup            eva             Cause=16
  09:01:00.2  Hangup            caller          Cause=16

Calls
  group  also_groups  outcome   by    wait  talk  transfers
  sales  support      answered  1001  4     50    1
Legs
  extension  agent          group    outcome   talk
  1001       Alice_Janssen  sales    answered  20
  1005       Eva_Smit       support  answered  30
Visits
  group    outcome   wait  talk  agent          overflowed_from
  sales    answered  4     20    Alice_Janssen  -
  support  answered  6     30    Eva_Smit       -
Missed
  outside  state
