The same agent lets the same call ring twice

Two offers, two bounces; one visit.

Channels
  caller       PJSIP/trunk-00000001  1.1      +31612345678
  alice        PJSIP/1001-00000002   1.2 1.1  1001
  alice_again  PJSIP/1001-00000003   1.3 1.1  1001
  bram         PJSIP/1002-00000004   1.4 1.1  1002

Events
  09:00:00.0  Newchannel         caller                ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten           caller                Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten           caller                Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten           caller                Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin    caller                Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel         alice                 ChannelState=0 Exten=s
  09:00:00.1  AgentCalled        caller > alice        Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:00.1  DialBegin          caller > alice        DialString=1001
  09:00:06.1  AgentRingNoAnswer  caller > alice        Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen RingTime=6000
  09:00:06.1  DialEnd            caller > alice        DialStatus=NOANSWER
  09:00:06.1  DialEnd            caller > alice        DialStatus=CANCEL
  09:00:06.1  Hangup             alice                 Cause=16
  09:00:07.1  Newchannel         alice_again           ChannelState=0 Exten=s
  09:00:07.1  AgentCalled        caller > alice_again  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:07.1  DialBegin          caller > alice_again  DialString=1001
  09:00:13.1  AgentRingNoAnswer  caller > alice_again  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen RingTime=6000
  09:00:13.1  DialEnd            caller > alice_again  DialStatus=NOANSWER
  09:00:13.1  DialEnd            caller > alice_again  DialStatus=CANCEL
  09:00:13.1  Hangup             alice_again           Cause=16
  09:00:14.1  Newchannel         bram                  ChannelState=0 Exten=s
  09:00:14.1  AgentCalled        caller > bram         Queue=sales Interface=PJSIP/1002 MemberName=Bram_de_Vries
  09:00:14.1  DialBegin          caller > bram         DialString=1002
  09:00:16.1  DialEnd            caller > bram         DialStatus=ANSWER
  09:00:16.1  QueueCallerLeave   caller                Queue=sales Position=1 Count=0
  09:00:16.1  AgentConnect       caller > bram         Queue=sales Interface=PJSIP/1002 MemberName=Bram_de_Vries HoldTime=16 RingTime=2
  09:00:16.1  BridgeEnter        bram                  BridgeUniqueid=b1
  09:00:16.1  BridgeEnter        caller                BridgeUniqueid=b1
  09:00:26.1  HangupRequest      bram                  Cause=16
  09:00:26.1  AgentComplete      caller > bram         Queue=sales Interface=PJSIP/1002 MemberName=Bram_de_Vries HoldTime=16 TalkTime=10 Reason=agent
  09:00:26.1  BridgeLeave        bram                  BridgeUniqueid=b1
  09:00:26.1  BridgeLeave        caller                BridgeUniqueid=b1
  09:00:26.1  Hangup             caller                Cause=16
  09:00:26.1  Hangup             bram                  Cause=16

Calls
  outcome   by    wait  talk  ended_by
  answered  1002  16    10    callee
Legs
  extension  outcome   ring
  1001       bounced   6
  1001       bounced   6
  1002       answered  2
Visits
  group  outcome   wait
  sales  answered  16
