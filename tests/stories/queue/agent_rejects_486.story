An agent presses the reject key and another answers

486 from the telephone: the queue says RingNoAnswer all the same and goes on to the next agent at once.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  bram    PJSIP/1002-00000003   1.3 1.1  1002

Events
  09:00:00.0  Newchannel         caller          ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten           caller          Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten           caller          Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten           caller          Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin    caller          Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel         alice           ChannelState=0 Exten=s
  09:00:00.1  AgentCalled        caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:00.1  DialBegin          caller > alice  DialString=1001
  09:00:02.1  HangupRequest      alice           Cause=17
  09:00:02.1  DialEnd            caller > alice  DialStatus=BUSY
  09:00:02.1  AgentRingNoAnswer  caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen RingTime=2000
  09:00:02.1  Hangup             alice           Cause=17
  09:00:02.1  Newchannel         bram            ChannelState=0 Exten=s
  09:00:02.1  AgentCalled        caller > bram   Queue=sales Interface=PJSIP/1002 MemberName=Bram_de_Vries
  09:00:02.1  DialBegin          caller > bram   DialString=1002
  09:00:05.1  DialEnd            caller > bram   DialStatus=ANSWER
  09:00:05.1  QueueCallerLeave   caller          Queue=sales Position=1 Count=0
  09:00:05.1  AgentConnect       caller > bram   Queue=sales Interface=PJSIP/1002 MemberName=Bram_de_Vries HoldTime=5 RingTime=3
  09:00:05.1  BridgeEnter        bram            BridgeUniqueid=b1
  09:00:05.1  BridgeEnter        caller          BridgeUniqueid=b1
  09:00:15.1  HangupRequest      caller          Cause=16
  09:00:15.1  AgentComplete      caller > bram   Queue=sales Interface=PJSIP/1002 MemberName=Bram_de_Vries HoldTime=5 TalkTime=10 Reason=caller
  09:00:15.1  BridgeLeave        caller          BridgeUniqueid=b1
  09:00:15.1  BridgeLeave        bram            BridgeUniqueid=b1
  09:00:15.1  Hangup             bram            Cause=16
  09:00:15.1  Hangup             caller          Cause=16

Calls
  outcome   by    wait
  answered  1002  5
Legs
  extension  agent          outcome   ring
  1001       Alice_Janssen  bounced   2
  1002       Bram_de_Vries  answered  3
Visits
  group  outcome   wait  agent
  sales  answered  5     Bram_de_Vries
