A queue call is answered by the first agent

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

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
  09:01:04.1  HangupRequest     caller          Cause=16
  09:01:04.1  AgentComplete     caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 TalkTime=60 Reason=caller
  09:01:04.1  BridgeLeave       caller          BridgeUniqueid=b1
  09:01:04.1  BridgeLeave       alice           BridgeUniqueid=b1
  09:01:04.1  Hangup            alice           Cause=16
  09:01:04.1  Hangup            caller          Cause=16

Calls
  direction  ddi           group  outcome   by    wait  talk  duration  ended_by
  incoming   +31201230001  sales  answered  1001  4     60    60        caller
Legs
  extension  agent          group  outcome   ring  talk
  1001       Alice_Janssen  sales  answered  4     60
Visits
  group  group_kind  outcome   entered   wait  ring  talk  agent          extension  overflowed_from
  sales  queue       answered  09:00:00  4     4     60    Alice_Janssen  1001       -
Missed
  outside  state
