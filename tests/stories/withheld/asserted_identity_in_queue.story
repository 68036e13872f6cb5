A withheld number that only a local channel tells of

The trunk shows the real number in every event. That it may not be shown is said of the local channel alone, through which the queue
rings its agent: the whole call is withheld.

Channels
  caller    PJSIP/trunk-00000001              1.1      +31699887766
  bram_one  Local/1002@from-queue-00000001;1  1.2 1.1  <unknown>
  bram_two  Local/1002@from-queue-00000001;2  1.3 1.1  <unknown>
  bram      PJSIP/1002-00000004               1.4 1.1  1002

Events
  09:00:00.0  Newchannel        caller             ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller             Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller             Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller             Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   caller             Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel        bram_one           ChannelState=0 Exten=1002
  09:00:00.1  Newchannel        bram_two           ChannelState=4 Exten=1002
  09:00:00.1  NewCallerid       bram_two           CallerIDNum=+31699887766 CID-CallingPres=32_(Presentation_Prohibited,_Not_Screened)
  09:00:00.1  LocalBridge       LocalOne:bram_one LocalTwo:bram_two  Context=from-queue Exten=1002 LocalOptimization=No
  09:00:00.1  AgentCalled       caller > bram_one  Queue=sales Interface=Local/1002@from-queue/n MemberName=Bram_de_Vries
  09:00:00.1  DialBegin         caller > bram_one  DialString=Local/1002@from-queue/n
  09:00:00.1  Newexten          bram_two           Context=from-queue Extension=1002 Priority=1 Application=GotoIf AppData=0?dnd
  09:00:00.1  Newchannel        bram               ChannelState=0 Exten=s
  09:00:00.1  DialBegin         bram_two > bram    DialString=1002
  09:00:03.1  DialEnd           bram_two > bram    DialStatus=ANSWER
  09:00:03.1  BridgeEnter       bram               BridgeUniqueid=b1
  09:00:03.1  DialEnd           caller > bram_one  DialStatus=ANSWER
  09:00:03.1  QueueCallerLeave  caller             Queue=sales Position=1 Count=0
  09:00:03.1  AgentConnect      caller > bram_one  Queue=sales Interface=Local/1002@from-queue/n MemberName=Bram_de_Vries HoldTime=3 RingTime=3
  09:00:03.1  BridgeEnter       bram_two           BridgeUniqueid=b1
  09:00:03.1  BridgeEnter       bram_one           BridgeUniqueid=b2
  09:00:03.1  BridgeEnter       caller             BridgeUniqueid=b2
  09:00:13.1  HangupRequest     caller
  09:00:13.1  AgentComplete     caller > bram_one  Queue=sales Interface=Local/1002@from-queue/n MemberName=Bram_de_Vries HoldTime=3 TalkTime=10 Reason=caller
  09:00:13.1  BridgeLeave       caller             BridgeUniqueid=b2
  09:00:13.1  BridgeLeave       bram_one           BridgeUniqueid=b2
  09:00:13.1  HangupRequest     bram_two           Cause=16
  09:00:13.1  Hangup            bram_one           Cause=16
  09:00:13.1  BridgeLeave       bram_two           BridgeUniqueid=b1
  09:00:13.1  BridgeLeave       bram               BridgeUniqueid=b1
  09:00:13.1  Hangup            caller             Cause=16
  09:00:13.1  Hangup            bram               Cause=16
  09:00:13.1  Hangup            bram_two           Cause=16

Calls
  caller  outside  withheld  outcome   by
  -       -        yes       answered  1002
Legs
  role    extension  number  outside
  caller  -          -       -
  called  1002       1002    -
Missed
  outside  state
