/** Two notes, a pause, and again; soft enough to hear all day. Returns the function that ends it. */
export function ring(): () => void {
  const audio = new AudioContext();
  void audio.resume();
  const play = () => {
    note(audio, 659.26, 0);
    note(audio, 880, 0.18);
  };
  play();
  const timer = setInterval(play, EVERY_MS);
  return () => {
    clearInterval(timer);
    void audio.close();
  };
}

/** Chrome closes a document that has been silent for 30 s. */
const EVERY_MS = 2_000;
const LOUD = 0.25;
const SECONDS = 0.35;

function note(audio: AudioContext, frequency: number, afterSeconds: number): void {
  const start = audio.currentTime + afterSeconds;
  const volume = audio.createGain();
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(LOUD, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, start + SECONDS);
  const tone = audio.createOscillator();
  tone.frequency.value = frequency;
  tone.connect(volume).connect(audio.destination);
  tone.start(start);
  tone.stop(start + SECONDS);
}
