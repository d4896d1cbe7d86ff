/** How often the loudness is told, in milliseconds. */
const INTERVAL = 100;

/** Tells the loudness of a sound from 0 to 1 until the returned function is called. */
export function listenToLevel(stream: MediaStream, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    // Speech is around 0.1: scaled so that it moves the meter well.
    onLevel(Math.min(1, Math.sqrt(power) * 5));
  }, INTERVAL);
  return () => {
    clearInterval(timer);
    context.close().catch(() => {});
  };
}
