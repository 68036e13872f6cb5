An extension switches do-not-disturb on with *76

Channels
  bram  PJSIP/1002-00000001  1.1      1002

Events
  09:00:00.0  Newchannel         bram  ChannelState=4 Context=from-internal Exten=*76
  09:00:00.0  Newexten           bram  Context=from-internal Extension=*76 Priority=1 Application=Goto AppData=app-dnd-toggle,*76,1
  09:00:00.0  Newexten           bram  Context=app-dnd-toggle Extension=*76 Priority=1 Application=Answer
  09:00:01.0  DeviceStateChange        Device=Custom:DND1002 State=BUSY
  09:00:01.0  Newexten           bram  Context=app-dnd-toggle Extension=*76 Priority=8 Application=Playback AppData=beep
  09:00:01.4  Hangup             bram  Cause=16

Calls
  direction  outcome
Legs
  extension  outcome
