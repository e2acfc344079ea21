using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Makes detections of what a network returns.</summary>
public interface IDetector
{
    /// <summary>The detections of each image, the surest first.</summary>
    /// <param name="output">What the network returns, [N, ...]; on any device, from which it is read.</param>
    IReadOnlyList<Detection[]> Detect(Tensor output);
}
