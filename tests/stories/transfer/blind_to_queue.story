A blind transfer into a queue

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  bram    PJSIP/1002-00000003   1.3 1.1  1002

Events
  09:00:00.0  Newchannel        caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten          caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten          caller          Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel        alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin         caller > alice  DialString=1001
  09:00:03.1  DialEnd           caller > alice  DialStatus=ANSWER
  09:00:03.1  BridgeEnter       alice           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter       caller          BridgeUniqueid=b1
  09:00:23.1  Unhold            alice
  09:00:23.1  BlindTransfer     Transferer:alice Transferee:caller  Result=Success IsExternal=Yes BridgeUniqueid=b1 Context=from-internal Extension=400
  09:00:23.1  Newexten          caller          Context=from-internal Extension=400 Priority=1 Application=Goto
  09:00:23.1  BridgeLeave       caller          BridgeUniqueid=b1
  09:00:23.1  BridgeLeave       alice           BridgeUniqueid=b1
  09:00:23.1  Hangup            alice           Cause=16
  09:00:23.1  Newexten          caller          Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:23.1  Newexten          caller          Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:23.1  QueueCallerJoin   caller          Queue=sales Position=1 Count=1
  09:00:23.2  Newchannel        bram            ChannelState=0 Exten=s
  09:00:23.2  AgentCalled       caller > bram   Queue=sales Interface=PJSIP/1002 MemberName=Bram_de_Vries
  09:00:23.2  DialBegin         caller > bram   DialString=1002
  09:00:28.1  DialEnd           caller > bram   DialStatus=ANSWER
  09:00:28.1  QueueCallerLeave  caller          Queue=sales Position=1 Count=0
  09:00:28.1  AgentConnect      caller > bram   Queue=sales Interface=PJSIP/1002 MemberName=Bram_de_Vries HoldTime=5 RingTime=5
  09:00:28.1  BridgeEnter       bram            BridgeUniqueid=b2
  09:00:28.1  BridgeEnter       caller          BridgeUniqueid=b2
  09:00:58.1  HangupRequest     caller          Cause=16
  09:00:58.1  AgentComplete     caller > bram   Queue=sales Interface=PJSIP/1002 MemberName=Bram_de_Vries HoldTime=5 TalkTime=30 Reason=caller
  09:00:58.1  BridgeLeave       caller          BridgeUniqueid=b2
  09:00:58.1  BridgeLeave       bram            BridgeUniqueid=b2
  09:00:58.1  Hangup            bram            Cause=16
  09:00:58.1  Hangup            caller          Cause=16

Calls
  direction  outcome   by    wait  talk  transfers
  incoming   answered  1001  3     50    1
Legs
  extension  agent          outcome   ring  talk
  1001       -              answered  3     20
  1002       Bram_de_Vries  answered  5     30
Visits
  group  direction  outcome   entered   wait  agent
  sales  incoming   answered  09:00:23  5     Bram_de_Vries
