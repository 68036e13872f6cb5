An agent lets it ring, the next one answers

The queue took the call back from the first agent: bounced, which is no missed call of his. His ring ends with two DialEnds.

Channels
  caller     PJSIP/trunk-00000001              1.1      +31612345678
  bram_one   Local/1002@from-queue-00000001;1  1.2 1.1  <unknown>
  bram_two   Local/1002@from-queue-00000001;2  1.3 1.1  <unknown>
  bram       PJSIP/1002-00000004               1.4 1.1  1002
  carla_one  Local/1003@from-queue-00000002;1  1.5 1.1  <unknown>
  carla_two  Local/1003@from-queue-00000002;2  1.6 1.1  <unknown>
  carla      PJSIP/1003-00000007               1.7 1.1  1003

Events
  09:00:00.0  Newchannel         caller              ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten           caller              Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten           caller              Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten           caller              Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin    caller              Queue=sales Position=1 Count=1
  09:00:00.0  Newchannel         bram_one            ChannelState=0 Exten=1002
  09:00:00.0  Newchannel         bram_two            ChannelState=4 Exten=1002
  09:00:00.0  NewCallerid        bram_two            CallerIDNum=+31612345678 CID-CallingPres=0_(Presentation_Allowed,_Not_Screened)
  09:00:00.0  LocalBridge        LocalOne:bram_one LocalTwo:bram_two  Context=from-queue Exten=1002 LocalOptimization=No
  09:00:00.0  AgentCalled        caller > bram_one   Queue=sales Interface=Local/1002@from-queue/n MemberName=Bram_de_Vries
  09:00:00.0  DialBegin          caller > bram_one   DialString=Local/1002@from-queue/n
  09:00:00.0  Newexten           bram_two            Context=from-queue Extension=1002 Priority=1 Application=GotoIf AppData=0?dnd
  09:00:00.0  Newchannel         bram                ChannelState=0 Exten=s
  09:00:00.0  DialBegin          bram_two > bram     DialString=1002
  09:00:06.0  AgentRingNoAnswer  caller > bram_one   Queue=sales Interface=Local/1002@from-queue/n MemberName=Bram_de_Vries RingTime=6000
  09:00:06.0  DialEnd            caller > bram_one   DialStatus=NOANSWER
  09:00:06.0  DialEnd            caller > bram_one   DialStatus=CANCEL
  09:00:06.0  HangupRequest      bram_two            Cause=0
  09:00:06.0  Hangup             bram_one            Cause=0
  09:00:06.0  NewCallerid        bram_one            CallerIDNum=1002 CID-CallingPres=0_(Presentation_Allowed,_Not_Screened)
  09:00:06.0  DialEnd            bram_two > bram     DialStatus=CANCEL
  09:00:06.0  Hangup             bram_two            Cause=0
  09:00:06.0  Hangup             bram                Cause=16
  09:00:07.0  Newchannel         carla_one           ChannelState=0 Exten=1003
  09:00:07.0  Newchannel         carla_two           ChannelState=4 Exten=1003
  09:00:07.0  NewCallerid        carla_two           CallerIDNum=+31612345678 CID-CallingPres=0_(Presentation_Allowed,_Not_Screened)
  09:00:07.0  LocalBridge        LocalOne:carla_one LocalTwo:carla_two  Context=from-queue Exten=1003 LocalOptimization=No
  09:00:07.0  AgentCalled        caller > carla_one  Queue=sales Interface=Local/1003@from-queue/n MemberName=Carla_Bakker
  09:00:07.0  DialBegin          caller > carla_one  DialString=Local/1003@from-queue/n
  09:00:07.0  Newexten           carla_two           Context=from-queue Extension=1003 Priority=1 Application=GotoIf AppData=0?dnd
  09:00:07.0  Newchannel         carla               ChannelState=0 Exten=s
  09:00:07.0  DialBegin          carla_two > carla   DialString=1003
  09:00:08.5  DialEnd            carla_two > carla   DialStatus=ANSWER
  09:00:08.5  BridgeEnter        carla               BridgeUniqueid=b1
  09:00:08.5  DialEnd            caller > carla_one  DialStatus=ANSWER
  09:00:08.5  QueueCallerLeave   caller              Queue=sales Position=1 Count=0
  09:00:08.5  AgentConnect       caller > carla_one  Queue=sales Interface=Local/1003@from-queue/n MemberName=Carla_Bakker HoldTime=9 RingTime=1
  09:00:08.5  BridgeEnter        carla_two           BridgeUniqueid=b1
  09:00:08.5  BridgeEnter        carla_one           BridgeUniqueid=b2
  09:00:08.5  BridgeEnter        caller              BridgeUniqueid=b2
  09:00:28.5  HangupRequest      caller
  09:00:28.5  AgentComplete      caller > carla_one  Queue=sales Interface=Local/1003@from-queue/n MemberName=Carla_Bakker HoldTime=9 TalkTime=20 Reason=caller
  09:00:28.5  BridgeLeave        caller              BridgeUniqueid=b2
  09:00:28.5  BridgeLeave        carla_one           BridgeUniqueid=b2
  09:00:28.5  HangupRequest      carla_two           Cause=16
  09:00:28.5  Hangup             carla_one           Cause=16
  09:00:28.5  BridgeLeave        carla_two           BridgeUniqueid=b1
  09:00:28.5  BridgeLeave        carla               BridgeUniqueid=b1
  09:00:28.5  Hangup             caller              Cause=16
  09:00:28.5  Hangup             carla               Cause=16
  09:00:28.5  Hangup             carla_two           Cause=16

Calls
  group  outcome   by    wait  talk
  sales  answered  1003  9     20
Legs
  extension  agent          outcome   ring  talk
  1002       Bram_de_Vries  bounced   6     0
  1003       Carla_Bakker   answered  2     20
Visits
  group  outcome   wait  agent
  sales  answered  9     Carla_Bakker
