A colleague picks up a call that a queue rings at an agent

Bram dials *8 while the queue rings Alice. His channel takes the place of hers; for the queue it is Alice who answered.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  bram    PJSIP/1002-00000003   1.3      1002

Events
  09:00:00.0  Newchannel        caller             ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller             Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller             Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller             Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   caller             Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel        alice              ChannelState=0 Exten=s
  09:00:00.1  AgentCalled       caller > alice     Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:00.1  DialBegin         caller > alice     DialString=1001
  09:00:04.0  Newchannel        bram               ChannelState=4 Context=from-internal Exten=*8
  09:00:04.0  Newexten          bram               Context=from-internal Extension=*8 Priority=1 Application=Pickup
  09:00:04.1  Pickup            bram Target:alice
  09:00:04.1  DialEnd           caller > bram      DialStatus=ANSWER DestLinkedid=1.1
  09:00:04.1  Hangup            alice              Cause=26
  09:00:04.1  QueueCallerLeave  caller             Queue=sales Position=1 Count=0
  09:00:04.1  AgentConnect      caller > bram      Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 RingTime=4 DestLinkedid=1.1
  09:00:04.1  BridgeEnter       bram               BridgeUniqueid=b1 Linkedid=1.1
  09:00:04.1  BridgeEnter       caller             BridgeUniqueid=b1
  09:00:24.1  HangupRequest     caller             Cause=16
  09:00:24.1  BridgeLeave       caller             BridgeUniqueid=b1
  09:00:24.1  BridgeLeave       bram               BridgeUniqueid=b1 Linkedid=1.1
  09:00:24.1  Hangup            caller             Cause=16
  09:00:24.1  Hangup            bram               Cause=16 Linkedid=1.1

Calls
  group  outcome   by    wait  talk
  sales  answered  1002  4     20
Legs
  extension  outcome             ring  talk
  1001       answered_elsewhere  4     0
  1002       answered            0     20
Visits
  group  outcome   wait  extension
  sales  answered  4     1002
Missed
  outside  state
