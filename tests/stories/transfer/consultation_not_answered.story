A colleague who is to be asked does not answer

Alice hangs up the second line and takes the caller back; the colleague has missed an internal call of hers.

Channels
  caller            PJSIP/trunk-00000001  1.1      +31612345678
  alice             PJSIP/1001-00000002   1.2 1.1  1001
  alice_consulting  PJSIP/1001-00000003   1.3      1001
  gijs              PJSIP/1007-00000004   1.4 1.3  1007

Events
  09:00:00.0  Newchannel     caller                   ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller                   Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten       caller                   Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel     alice                    ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice           DialString=1001
  09:00:03.1  DialEnd        caller > alice           DialStatus=ANSWER
  09:00:03.1  BridgeEnter    alice                    BridgeUniqueid=b1
  09:00:03.1  BridgeEnter    caller                   BridgeUniqueid=b1
  09:00:10.1  Hold           alice                    MusicClass=default
  09:00:10.4  Newchannel     alice_consulting         ChannelState=4 Context=from-internal Exten=1007
  09:00:10.4  Newexten       alice_consulting         Context=from-internal Extension=1007 Priority=1 Application=Goto AppData=ext-local,1007,1
  09:00:10.5  Newchannel     gijs                     ChannelState=0 Exten=s
  09:00:10.5  DialBegin      alice_consulting > gijs  DialString=1007
  09:00:20.1  HangupRequest  alice_consulting         Cause=127
  09:00:20.1  DialEnd        alice_consulting > gijs  DialStatus=CANCEL
  09:00:20.1  Hangup         gijs                     Cause=127
  09:00:20.1  Hangup         alice_consulting         Cause=127
  09:00:21.1  Unhold         alice
  09:00:41.1  HangupRequest  caller                   Cause=16
  09:00:41.1  BridgeLeave    caller                   BridgeUniqueid=b1
  09:00:41.1  BridgeLeave    alice                    BridgeUniqueid=b1
  09:00:41.1  Hangup         alice                    Cause=16
  09:00:41.1  Hangup         caller                   Cause=16

Calls
  direction  outcome    talk  hold  transfers
  incoming   answered   38    11    0
  internal   no_answer  0     0     0
Legs
  extension  outcome   ring  talk
  1001       answered  3     38
  1007       missed    10    0
Missed
  outside  state
