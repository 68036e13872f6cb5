A caller asks the queue to be called back, and is

He leaves the queue by a key; the system later rings an agent and lets that telephone dial the caller. That is an outgoing call of the
agent, which returns the missed one.

Channels
  caller    PJSIP/trunk-00000001  1.1      +31612345678
  alice     PJSIP/1001-00000002   1.2      1001
  customer  PJSIP/trunk-00000003  1.3 1.2  0612345678

Events
  09:00:00.0  Newchannel        caller            ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller            Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller            Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller            Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   caller            Queue=sales Position=1 Count=1
  09:00:12.0  QueueCallerLeave  caller            Queue=sales Position=1 Count=0
  09:00:12.0  Newexten          caller            Context=queue-keys Extension=1 Priority=1 Application=Playback AppData=we-will-call-you-back
  09:00:16.0  Hangup            caller            Cause=16
  09:05:00.0  Newchannel        alice             ChannelState=0 Exten=s
  09:05:00.0  DialBegin         > alice           DialString=1001
  09:05:03.0  DialEnd           > alice           DialStatus=ANSWER
  09:05:03.0  Newexten          alice             Context=from-internal Extension=0612345678 Priority=1 Application=Goto AppData=outbound,0612345678,1
  09:05:03.0  Newchannel        customer          ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:05:03.0  DialBegin         alice > customer  DialString=0612345678@trunk
  09:05:10.0  DialEnd           alice > customer  DialStatus=ANSWER
  09:05:10.0  BridgeEnter       customer          BridgeUniqueid=b1
  09:05:10.0  BridgeEnter       alice             BridgeUniqueid=b1
  09:05:40.0  HangupRequest     customer          Cause=16
  09:05:40.0  BridgeLeave       customer          BridgeUniqueid=b1
  09:05:40.0  BridgeLeave       alice             BridgeUniqueid=b1
  09:05:40.0  Hangup            alice             Cause=16
  09:05:40.0  Hangup            customer          Cause=16

Calls
  started   direction  outside       extension  wait  talk
  09:00:00  incoming   +31612345678  -          12    0
  09:05:00  outgoing   +31612345678  1001       7     30
Visits
  group  outcome      wait
  sales  left_by_key  12
Missed
  outside       state    closed
  +31612345678  reached  09:05:00
