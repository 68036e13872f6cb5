An agent who is a fixed member of a queue

A member in queues.conf never signs in: the first call that the queue offers proves that he is there.

Setting
  sales wrap_up_seconds 0

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:01:00.0  Newchannel        caller          ChannelState=4 Context=from-trunk Exten=+31201230001
  09:01:00.0  Newexten          caller          Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:01:00.0  Newexten          caller          Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:01:00.0  Newexten          caller          Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:01:00.0  QueueCallerJoin   caller          Queue=sales Position=1 Count=1
  09:01:00.0  Newchannel        alice           ChannelState=0 Exten=s
  09:01:00.0  AgentCalled       caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:01:00.0  DialBegin         caller > alice  DialString=1001
  09:01:04.0  DialEnd           caller > alice  DialStatus=ANSWER
  09:01:04.0  QueueCallerLeave  caller          Queue=sales Position=1 Count=0
  09:01:04.0  AgentConnect      caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 RingTime=4
  09:01:04.0  BridgeEnter       alice           BridgeUniqueid=b1
  09:01:04.0  BridgeEnter       caller          BridgeUniqueid=b1
  09:01:24.0  HangupRequest     caller          Cause=16
  09:01:24.0  AgentComplete     caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 TalkTime=20 Reason=caller
  09:01:24.0  BridgeLeave       caller          BridgeUniqueid=b1
  09:01:24.0  BridgeLeave       alice           BridgeUniqueid=b1
  09:01:24.0  Hangup            alice           Cause=16
  09:01:24.0  Hangup            caller          Cause=16

States
  agent          from      until     state
  Alice_Janssen  09:01:00  09:01:04  ringing
  Alice_Janssen  09:01:04  09:01:24  busy
  Alice_Janssen  09:01:24  -         available
