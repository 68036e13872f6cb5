A queue call that an agent has answered goes on

The caller does not wait any more, but how long the agent will have talked nobody knows yet: the stay counts when the conversation is over.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

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

Calls
  outcome      by    answered
  in_progress  1001  09:00:04
Legs
  extension  agent          group  outcome      answered
  1001       Alice_Janssen  sales  in_progress  09:00:04
Visits
  group  outcome      entered   answered  left      wait  agent
  sales  in_progress  09:00:00  09:00:04  09:00:04  4     Alice_Janssen
States
  agent          from      until     state
  Alice_Janssen  09:00:00  09:00:04  ringing
  Alice_Janssen  09:00:04  -         busy
