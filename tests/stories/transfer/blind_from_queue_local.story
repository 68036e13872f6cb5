An agent behind a local channel transfers a queue call blindly

The local channel goes on in the dialplan in the agent's place; for the queue it is still the agent who talks.

Channels
  caller    PJSIP/trunk-00000001              1.1      +31612345678
  bram_one  Local/1002@from-queue-00000001;1  1.2 1.1  <unknown>
  bram_two  Local/1002@from-queue-00000001;2  1.3 1.1  <unknown>
  bram      PJSIP/1002-00000004               1.4 1.1  1002
  gijs      PJSIP/1007-00000005               1.5 1.1  1007

Events
  09:00:00.0  Newchannel        caller             ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller             Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller             Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller             Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   caller             Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel        bram_one           ChannelState=0 Exten=1002
  09:00:00.1  Newchannel        bram_two           ChannelState=4 Exten=1002
  09:00:00.1  NewCallerid       bram_two           CallerIDNum=+31612345678 CID-CallingPres=0_(Presentation_Allowed,_Not_Screened)
  09:00:00.1  LocalBridge       LocalOne:bram_one LocalTwo:bram_two  Context=from-queue Exten=1002 LocalOptimization=No
  09:00:00.1  AgentCalled       caller > bram_one  Queue=sales Interface=Local/1002@from-queue/n MemberName=Bram_de_Vries
  09:00:00.1  DialBegin         caller > bram_one  DialString=Local/1002@from-queue/n
  09:00:00.1  Newexten          bram_two           Context=from-queue Extension=1002 Priority=1 Application=GotoIf AppData=0?dnd
  09:00:00.1  Newchannel        bram               ChannelState=0 Exten=s
  09:00:00.1  DialBegin         bram_two > bram    DialString=1002
  09:00:04.1  DialEnd           bram_two > bram    DialStatus=ANSWER
  09:00:04.1  BridgeEnter       bram               BridgeUniqueid=b1
  09:00:04.1  DialEnd           caller > bram_one  DialStatus=ANSWER
  09:00:04.1  QueueCallerLeave  caller             Queue=sales Position=1 Count=0
  09:00:04.1  AgentConnect      caller > bram_one  Queue=sales Interface=Local/1002@from-queue/n MemberName=Bram_de_Vries HoldTime=4 RingTime=4
  09:00:04.1  BridgeEnter       bram_two           BridgeUniqueid=b1
  09:00:04.1  BridgeEnter       bram_one           BridgeUniqueid=b2
  09:00:04.1  BridgeEnter       caller             BridgeUniqueid=b2
  09:00:24.1  Unhold            bram
  09:00:24.1  BlindTransfer     Transferer:bram Transferee:bram_two  Result=Success IsExternal=Yes BridgeUniqueid=b1 Context=from-internal Extension=1007
  09:00:24.1  Newexten          bram_two           Context=from-internal Extension=1007 Priority=1 Application=Goto AppData=ext-local,1007,1
  09:00:24.1  BridgeLeave       bram_two           BridgeUniqueid=b1
  09:00:24.1  BridgeLeave       bram               BridgeUniqueid=b1
  09:00:24.1  Hangup            bram               Cause=16
  09:00:24.2  Newchannel        gijs               ChannelState=0 Exten=s
  09:00:24.2  DialBegin         bram_two > gijs    DialString=1007
  09:00:28.2  DialEnd           bram_two > gijs    DialStatus=ANSWER
  09:00:28.2  BridgeEnter       gijs               BridgeUniqueid=b3
  09:00:28.2  BridgeEnter       bram_two           BridgeUniqueid=b3
  09:00:58.2  HangupRequest     caller
  09:00:58.2  AgentComplete     caller > bram_one  Queue=sales Interface=Local/1002@from-queue/n MemberName=Bram_de_Vries HoldTime=4 TalkTime=54 Reason=caller
  09:00:58.2  BridgeLeave       caller             BridgeUniqueid=b2
  09:00:58.2  BridgeLeave       bram_one           BridgeUniqueid=b2
  09:00:58.2  HangupRequest     bram_two           Cause=16
  09:00:58.2  Hangup            bram_one           Cause=16
  09:00:58.2  BridgeLeave       bram_two           BridgeUniqueid=b3
  09:00:58.2  BridgeLeave       gijs               BridgeUniqueid=b3
  09:00:58.2  Hangup            caller             Cause=16
  09:00:58.2  Hangup            gijs               Cause=16
  09:00:58.2  Hangup            bram_two           Cause=16

Calls
  group  outcome   by    wait  talk  transfers  ended_by
  sales  answered  1002  4     50    1          caller
Legs
  extension  agent          outcome   ring  talk
  1002       Bram_de_Vries  answered  4     20
  1007       -              answered  4     30
Visits
  group  outcome   wait  talk  agent
  sales  answered  4     20    Bram_de_Vries
Missed
  outside  state
