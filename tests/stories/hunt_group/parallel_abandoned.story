The caller of a hunt group gives up

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  bram    PJSIP/1002-00000002   1.2 1.1  1002
  carla   PJSIP/1003-00000003   1.3 1.1  1003

Events
  09:00:00.0  Newchannel     caller          ChannelState=4 Context=from-trunk Exten=+31201230003
  09:00:00.0  Newexten       caller          Context=from-trunk Extension=+31201230003 Priority=1 Application=Set AppData=FROM_DID=+31201230003
  09:00:00.0  Newexten       caller          Context=ext-group Extension=600 Priority=1 Application=Dial AppData=PJSIP/1002&PJSIP/1003,12,HhTtr
  09:00:00.1  Newchannel     bram            ChannelState=0 Exten=s
  09:00:00.1  Newchannel     carla           ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > bram   DialString=1002
  09:00:00.1  DialBegin      caller > carla  DialString=1003
  09:00:05.1  HangupRequest  caller          Cause=127
  09:00:05.1  DialEnd        caller > bram   DialStatus=CANCEL
  09:00:05.1  DialEnd        caller > carla  DialStatus=CANCEL
  09:00:05.1  Hangup         bram            Cause=127
  09:00:05.1  Hangup         carla           Cause=127
  09:00:05.1  Hangup         caller          Cause=127

Calls
  outcome    group  wait  ended_by
  abandoned  600    5     caller
Legs
  extension  outcome  ring
  1002       missed   5
  1003       missed   5
Visits
  group  outcome    wait
  600    abandoned  5
Missed
  outside       state
  +31612345678  open
