An announcement before the queue

Listening to a welcome is not waiting: waiting begins with the queue.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  Newchannel        caller          ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller          Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller          Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller          Context=ext-queues Extension=400 Priority=2 Application=Playback AppData=welcome
  09:00:08.0  Newexten          caller          Context=ext-queues Extension=400 Priority=3 Application=Queue AppData=sales,tT
  09:00:08.0  QueueCallerJoin   caller          Queue=sales Position=1 Count=1
  09:00:08.1  Newchannel        alice           ChannelState=0 Exten=s
  09:00:08.1  AgentCalled       caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:08.1  DialBegin         caller > alice  DialString=1001
  09:00:12.0  DialEnd           caller > alice  DialStatus=ANSWER
  09:00:12.0  QueueCallerLeave  caller          Queue=sales Position=1 Count=0
  09:00:12.0  AgentConnect      caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 RingTime=4
  09:00:12.0  BridgeEnter       alice           BridgeUniqueid=b1
  09:00:12.0  BridgeEnter       caller          BridgeUniqueid=b1
  09:00:22.0  HangupRequest     caller          Cause=16
  09:00:22.0  AgentComplete     caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 TalkTime=10 Reason=caller
  09:00:22.0  BridgeLeave       caller          BridgeUniqueid=b1
  09:00:22.0  BridgeLeave       alice           BridgeUniqueid=b1
  09:00:22.0  Hangup            alice           Cause=16
  09:00:22.0  Hangup            caller          Cause=16

Calls
  started   group  outcome   by    wait  talk
  09:00:00  sales  answered  1001  4     10
Legs
  kind          extension  outcome   ring
  extension     1001       answered  4
  announcement  -          diverted  0
Visits
  group  entered   outcome   wait
  sales  09:00:08  answered  4
Missed
  outside  state
