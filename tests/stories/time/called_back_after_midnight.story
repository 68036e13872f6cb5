A call missed before midnight is returned after it

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  gijs    PJSIP/1007-00000003   1.3      1007
  far     PJSIP/trunk-00000004  1.4 1.3  +31612345678

Events
  2026-11-23 23:55:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  2026-11-23 23:55:00.0  Newexten       caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  2026-11-23 23:55:00.1  Newchannel     alice           ChannelState=0 Exten=s
  2026-11-23 23:55:00.1  DialBegin      caller > alice  DialString=1001
  2026-11-23 23:55:05.1  HangupRequest  caller          Cause=127
  2026-11-23 23:55:05.1  DialEnd        caller > alice  DialStatus=CANCEL
  2026-11-23 23:55:05.1  Hangup         alice           Cause=127
  2026-11-23 23:55:05.1  Hangup         caller          Cause=127
  2026-11-24 00:05:00.0  Newchannel     gijs            ChannelState=4 Context=from-internal Exten=+31612345678
  2026-11-24 00:05:00.0  Newexten       gijs            Context=from-internal Extension=+31612345678 Priority=1 Application=Goto
  2026-11-24 00:05:00.0  Newchannel     far             ChannelState=0 Exten=s CallerIDNum=<unknown>
  2026-11-24 00:05:00.0  DialBegin      gijs > far      DialString=+31612345678@trunk
  2026-11-24 00:05:05.0  DialEnd        gijs > far      DialStatus=ANSWER
  2026-11-24 00:05:05.0  BridgeEnter    far             BridgeUniqueid=b9
  2026-11-24 00:05:05.0  BridgeEnter    gijs            BridgeUniqueid=b9
  2026-11-24 00:05:35.0  HangupRequest  gijs            Cause=16
  2026-11-24 00:05:35.0  BridgeLeave    gijs            BridgeUniqueid=b9
  2026-11-24 00:05:35.0  BridgeLeave    far             BridgeUniqueid=b9
  2026-11-24 00:05:35.0  Hangup         far             Cause=16
  2026-11-24 00:05:35.0  Hangup         gijs            Cause=16

Missed
  started   state    closed
  23:55:00  reached  2026-11-24T00:05:00
