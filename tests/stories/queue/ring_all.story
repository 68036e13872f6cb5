A queue that rings all its agents at once

Who loses the race has neither bounced nor missed the call.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  bram    PJSIP/1002-00000003   1.3 1.1  1002
  carla   PJSIP/1003-00000004   1.4 1.1  1003

Events
  09:00:00.0  Newchannel        caller          ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller          Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller          Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller          Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   caller          Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel        alice           ChannelState=0 Exten=s
  09:00:00.1  AgentCalled       caller > alice  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:00.1  DialBegin         caller > alice  DialString=1001
  09:00:00.1  Newchannel        bram            ChannelState=0 Exten=s
  09:00:00.1  AgentCalled       caller > bram   Queue=sales Interface=PJSIP/1002 MemberName=Bram_de_Vries
  09:00:00.1  DialBegin         caller > bram   DialString=1002
  09:00:00.1  Newchannel        carla           ChannelState=0 Exten=s
  09:00:00.1  AgentCalled       caller > carla  Queue=sales Interface=PJSIP/1003 MemberName=Carla_Bakker
  09:00:00.1  DialBegin         caller > carla  DialString=1003
  09:00:03.1  DialEnd           caller > alice  DialStatus=CANCEL
  09:00:03.1  DialEnd           caller > carla  DialStatus=CANCEL
  09:00:03.1  Hangup            alice           Cause=26
  09:00:03.1  Hangup            carla           Cause=26
  09:00:03.1  DialEnd           caller > bram   DialStatus=ANSWER
  09:00:03.1  QueueCallerLeave  caller          Queue=sales Position=1 Count=0
  09:00:03.1  AgentConnect      caller > bram   Queue=sales Interface=PJSIP/1002 MemberName=Bram_de_Vries HoldTime=3 RingTime=3
  09:00:03.1  BridgeEnter       bram            BridgeUniqueid=b1
  09:00:03.1  BridgeEnter       caller          BridgeUniqueid=b1
  09:00:13.1  HangupRequest     caller          Cause=16
  09:00:13.1  AgentComplete     caller > bram   Queue=sales Interface=PJSIP/1002 MemberName=Bram_de_Vries HoldTime=3 TalkTime=10 Reason=caller
  09:00:13.1  BridgeLeave       caller          BridgeUniqueid=b1
  09:00:13.1  BridgeLeave       bram            BridgeUniqueid=b1
  09:00:13.1  Hangup            bram            Cause=16
  09:00:13.1  Hangup            caller          Cause=16

Calls
  outcome   by    wait  talk
  answered  1002  3     10
Legs
  extension  outcome             ring
  1001       answered_elsewhere  3
  1002       answered            3
  1003       answered_elsewhere  3
Visits
  group  outcome   wait  agent
  sales  answered  3     Bram_de_Vries
