An attended transfer of a queue call whose agents are rung through local channels

The queue does not see the transfer: AgentComplete comes at the end of the call and counts Gijs's time as the agent's. The bridges know
better.

Channels
  caller            PJSIP/trunk-00000001              1.1      +31612345678
  carla_one         Local/1003@from-queue-00000001;1  1.2 1.1  <unknown>
  carla_two         Local/1003@from-queue-00000001;2  1.3 1.1  <unknown>
  carla             PJSIP/1003-00000004               1.4 1.1  1003
  carla_consulting  PJSIP/1003-00000005               1.5      1003
  gijs              PJSIP/1007-00000006               1.6 1.5  1007

Events
  09:00:00.0  Newchannel        caller                   ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller                   Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller                   Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller                   Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   caller                   Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel        carla_one                ChannelState=0 Exten=1003
  09:00:00.1  Newchannel        carla_two                ChannelState=4 Exten=1003
  09:00:00.1  NewCallerid       carla_two                CallerIDNum=+31612345678 CID-CallingPres=0_(Presentation_Allowed,_Not_Screened)
  09:00:00.1  LocalBridge       LocalOne:carla_one LocalTwo:carla_two  Context=from-queue Exten=1003 LocalOptimization=No
  09:00:00.1  AgentCalled       caller > carla_one       Queue=sales Interface=Local/1003@from-queue/n MemberName=Carla_Bakker
  09:00:00.1  DialBegin         caller > carla_one       DialString=Local/1003@from-queue/n
  09:00:00.1  Newexten          carla_two                Context=from-queue Extension=1003 Priority=1 Application=GotoIf AppData=0?dnd
  09:00:00.1  Newchannel        carla                    ChannelState=0 Exten=s
  09:00:00.1  DialBegin         carla_two > carla        DialString=1003
  09:00:04.1  DialEnd           carla_two > carla        DialStatus=ANSWER
  09:00:04.1  BridgeEnter       carla                    BridgeUniqueid=b1
  09:00:04.1  DialEnd           caller > carla_one       DialStatus=ANSWER
  09:00:04.1  QueueCallerLeave  caller                   Queue=sales Position=1 Count=0
  09:00:04.1  AgentConnect      caller > carla_one       Queue=sales Interface=Local/1003@from-queue/n MemberName=Carla_Bakker HoldTime=4 RingTime=4
  09:00:04.1  BridgeEnter       carla_two                BridgeUniqueid=b1
  09:00:04.1  BridgeEnter       carla_one                BridgeUniqueid=b2
  09:00:04.1  BridgeEnter       caller                   BridgeUniqueid=b2
  09:00:10.1  Hold              carla                    MusicClass=default
  09:00:10.4  Newchannel        carla_consulting         ChannelState=4 Context=from-internal Exten=1007
  09:00:10.4  Newexten          carla_consulting         Context=from-internal Extension=1007 Priority=1 Application=Goto AppData=ext-local,1007,1
  09:00:10.5  Newchannel        gijs                     ChannelState=0 Exten=s
  09:00:10.5  DialBegin         carla_consulting > gijs  DialString=1007
  09:00:14.1  DialEnd           carla_consulting > gijs  DialStatus=ANSWER
  09:00:14.1  BridgeEnter       gijs                     BridgeUniqueid=b3
  09:00:14.1  BridgeEnter       carla_consulting         BridgeUniqueid=b3
  09:00:20.1  Unhold            carla
  09:00:20.1  Unhold            carla_consulting
  09:00:20.1  BridgeLeave       carla_two                BridgeUniqueid=b1
  09:00:20.1  BridgeLeave       carla_consulting         BridgeUniqueid=b3
  09:00:20.1  BridgeEnter       carla_two                BridgeUniqueid=b3 SwapUniqueid=1.5
  09:00:20.1  AttendedTransfer  OrigTransferer:carla SecondTransferer:carla_consulting Transferee:carla_two TransferTarget:gijs  Result=Success DestType=Bridge OrigBridgeUniqueid=b1 SecondBridgeUniqueid=b3 DestBridgeUniqueid=b3 TransferTargetLinkedid=1.1
  09:00:20.1  BridgeLeave       carla                    BridgeUniqueid=b1
  09:00:20.1  Hangup            carla                    Cause=16
  09:00:20.1  Hangup            carla_consulting         Cause=16
  09:00:50.1  HangupRequest     caller
  09:00:50.1  AgentComplete     caller > carla_one       Queue=sales Interface=Local/1003@from-queue/n MemberName=Carla_Bakker HoldTime=4 TalkTime=46 Reason=caller
  09:00:50.1  BridgeLeave       caller                   BridgeUniqueid=b2
  09:00:50.1  BridgeLeave       carla_one                BridgeUniqueid=b2
  09:00:50.1  HangupRequest     carla_two                Cause=16
  09:00:50.1  Hangup            carla_one                Cause=16
  09:00:50.1  BridgeLeave       carla_two                BridgeUniqueid=b3
  09:00:50.1  Hangup            carla_two                Cause=16
  09:00:50.1  BridgeLeave       gijs                     BridgeUniqueid=b3 Linkedid=1.1
  09:00:50.1  Hangup            gijs                     Cause=16 Linkedid=1.1
  09:00:50.1  Hangup            caller                   Cause=16

Calls
  group  outcome   by    wait  talk  transfers  ended_by
  sales  answered  1003  4     46    1          caller
Legs
  extension  agent         outcome   ring  talk
  1003       Carla_Bakker  answered  4     16
  1007       -             answered  4     36
Visits
  group  outcome   wait  talk  agent
  sales  answered  4     16    Carla_Bakker
