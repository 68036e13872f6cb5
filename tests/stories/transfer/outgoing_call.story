An outgoing call is transferred to a colleague

The call stays outgoing, of the extension that made it; it was answered when the other side answered.

Channels
  gijs   PJSIP/1007-00000001   1.1      1007
  far    PJSIP/trunk-00000002  1.2 1.1  +31201112233
  hanna  PJSIP/1008-00000003   1.3 1.1  1008

Events
  09:00:00.0  Newchannel     gijs         ChannelState=4 Context=from-internal Exten=+31201112233
  09:00:00.0  Newexten       gijs         Context=from-internal Extension=+31201112233 Priority=1 Application=Goto
  09:00:00.1  Newchannel     far          ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.1  DialBegin      gijs > far   DialString=+31201112233@trunk
  09:00:08.1  DialEnd        gijs > far   DialStatus=ANSWER
  09:00:08.1  BridgeEnter    far          BridgeUniqueid=b1
  09:00:08.1  BridgeEnter    gijs         BridgeUniqueid=b1
  09:00:28.1  Unhold         gijs
  09:00:28.1  BlindTransfer  Transferer:gijs Transferee:far  Result=Success IsExternal=Yes BridgeUniqueid=b1 Context=from-internal Extension=1008
  09:00:28.1  Newexten       far          Context=from-internal Extension=1008 Priority=1 Application=Goto
  09:00:28.1  BridgeLeave    far          BridgeUniqueid=b1
  09:00:28.1  BridgeLeave    gijs         BridgeUniqueid=b1
  09:00:28.1  Hangup         gijs         Cause=16
  09:00:28.1  Newchannel     hanna        ChannelState=0 Exten=s
  09:00:28.1  DialBegin      far > hanna  DialString=1008
  09:00:31.1  DialEnd        far > hanna  DialStatus=ANSWER
  09:00:31.1  BridgeEnter    hanna        BridgeUniqueid=b2
  09:00:31.1  BridgeEnter    far          BridgeUniqueid=b2
  09:00:51.1  HangupRequest  far          Cause=16
  09:00:51.1  BridgeLeave    far          BridgeUniqueid=b2
  09:00:51.1  BridgeLeave    hanna        BridgeUniqueid=b2
  09:00:51.1  Hangup         hanna        Cause=16
  09:00:51.1  Hangup         far          Cause=16

Calls
  direction  extension  outside       outcome   answered  wait  talk  transfers
  outgoing   1007       +31201112233  answered  09:00:08  8     40    1
Legs
  role    kind       extension  outcome   ring  talk
  caller  extension  1007       answered  0     20
  called  outside    -          answered  8     40
  called  extension  1008       answered  3     20
Visits
  group  outcome
Missed
  outside  state
