A call to a telephone in do-not-disturb is refused

FreePBX keeps do-not-disturb in a device state of its own (Custom:DND1001) and does not ring the telephone: the call shows
neither a ring nor a dial.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678

Events
  08:59:00.0  DeviceStateChange          Device=Custom:DND1001 State=BUSY
  09:00:00.0  Newchannel         caller  ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten           caller  Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten           caller  Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newexten           caller  Context=ext-local Extension=s-BUSY Priority=1 Application=Hangup AppData=17
  09:00:00.1  Hangup             caller  Cause=17
  09:10:00.0  DeviceStateChange          Device=Custom:DND1001 State=UNAVAILABLE

Calls
  direction  outcome  wait  talk
  incoming   busy     0     0
Legs
  extension  outcome  ring  talk
Visits
  group  outcome
Missed
  outside       state
  +31612345678  open
