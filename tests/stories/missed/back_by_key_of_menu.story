A missed caller who comes back and hangs up in the menu stays missed

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001
  again   PJSIP/trunk-00000003  1.3      +31612345678

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.1  Newchannel     alice           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice  DialString=1001
  09:00:05.1  HangupRequest  caller          Cause=127
  09:00:05.1  DialEnd        caller > alice  DialStatus=CANCEL
  09:00:05.1  Hangup         alice           Cause=127
  09:00:05.1  Hangup         caller          Cause=127
  09:10:00.0  Newchannel     again           ChannelState=4 Context=from-trunk Exten=+31201230001
  09:10:00.0  Newexten       again           Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:10:00.0  Newexten       again           Context=ivr-1 Extension=s Priority=3 Application=BackGround AppData=welcome
  09:10:05.0  HangupRequest  again
  09:10:05.0  Hangup         again           Cause=16

Missed
  started   outside       state
  09:00:00  +31612345678  open
  09:10:00  +31612345678  open
