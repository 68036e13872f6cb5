An agent in two queues has a call of each

Each queue has its own wrap-up time.

Setting
  sales wrap_up_seconds 10
  support wrap_up_seconds 40

Channels
  caller      PJSIP/trunk-00000001  1.1      +31612345678
  alice       PJSIP/1001-00000002   1.2 1.1  1001
  next        PJSIP/trunk-00000003  1.3      +31687654321
  alice_next  PJSIP/1001-00000004   1.4 1.3  1001

Events
  09:00:00.0  QueueMemberAdded                     Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  09:00:00.0  QueueMemberAdded                     Queue=support Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  09:01:00.0  Newchannel        caller             ChannelState=4 Context=from-trunk Exten=+31201230001
  09:01:00.0  Newexten          caller             Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:01:00.0  Newexten          caller             Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:01:00.0  Newexten          caller             Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:01:00.0  QueueCallerJoin   caller             Queue=sales Position=1 Count=1
  09:01:00.0  Newchannel        alice              ChannelState=0 Exten=s
  09:01:00.0  AgentCalled       caller > alice     Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:01:00.0  DialBegin         caller > alice     DialString=1001
  09:01:04.0  DialEnd           caller > alice     DialStatus=ANSWER
  09:01:04.0  QueueCallerLeave  caller             Queue=sales Position=1 Count=0
  09:01:04.0  AgentConnect      caller > alice     Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 RingTime=4
  09:01:04.0  BridgeEnter       alice              BridgeUniqueid=b1
  09:01:04.0  BridgeEnter       caller             BridgeUniqueid=b1
  09:01:24.0  HangupRequest     caller             Cause=16
  09:01:24.0  AgentComplete     caller > alice     Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 TalkTime=20 Reason=caller
  09:01:24.0  BridgeLeave       caller             BridgeUniqueid=b1
  09:01:24.0  BridgeLeave       alice              BridgeUniqueid=b1
  09:01:24.0  Hangup            alice              Cause=16
  09:01:24.0  Hangup            caller             Cause=16
  09:02:00.0  Newchannel        next               ChannelState=4 Context=from-trunk Exten=+31201230004
  09:02:00.0  Newexten          next               Context=from-trunk Extension=+31201230004 Priority=1 Application=Set AppData=FROM_DID=+31201230004
  09:02:00.0  Newexten          next               Context=ext-queues Extension=401 Priority=1 Application=Answer
  09:02:00.0  Newexten          next               Context=ext-queues Extension=401 Priority=2 Application=Queue AppData=support,tT
  09:02:00.0  QueueCallerJoin   next               Queue=support Position=1 Count=1
  09:02:00.0  Newchannel        alice_next         ChannelState=0 Exten=s
  09:02:00.0  AgentCalled       next > alice_next  Queue=support Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:02:00.0  DialBegin         next > alice_next  DialString=1001
  09:02:04.0  DialEnd           next > alice_next  DialStatus=ANSWER
  09:02:04.0  QueueCallerLeave  next               Queue=support Position=1 Count=0
  09:02:04.0  AgentConnect      next > alice_next  Queue=support Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 RingTime=4
  09:02:04.0  BridgeEnter       alice_next         BridgeUniqueid=b2
  09:02:04.0  BridgeEnter       next               BridgeUniqueid=b2
  09:02:24.0  HangupRequest     next               Cause=16
  09:02:24.0  AgentComplete     next > alice_next  Queue=support Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 TalkTime=20 Reason=caller
  09:02:24.0  BridgeLeave       next               BridgeUniqueid=b2
  09:02:24.0  BridgeLeave       alice_next         BridgeUniqueid=b2
  09:02:24.0  Hangup            alice_next         Cause=16
  09:02:24.0  Hangup            next               Cause=16

Calls
  group    outcome
  sales    answered
  support  answered
States
  agent          from      until     state
  Alice_Janssen  09:00:00  09:01:00  available
  Alice_Janssen  09:01:00  09:01:04  ringing
  Alice_Janssen  09:01:04  09:01:24  busy
  Alice_Janssen  09:01:24  09:01:34  wrap_up
  Alice_Janssen  09:01:34  09:02:00  available
  Alice_Janssen  09:02:00  09:02:04  ringing
  Alice_Janssen  09:02:04  09:02:24  busy
  Alice_Janssen  09:02:24  09:03:04  wrap_up
  Alice_Janssen  09:03:04  -         available
Missed
  outside  state
