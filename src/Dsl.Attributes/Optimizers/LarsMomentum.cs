namespace Dsl;

/// <summary>The two published forms of LARS. They differ when the learning rate changes.</summary>
public enum LarsMomentum
{
    /// <summary>v ← μv + η·ratio·(g + λθ), θ ← θ − v: the learning rate is inside of the momentum buffer, as in the paper
    /// (You, Gitman and Ginsburg 2017, algorithm 1).</summary>
    ScaledByLearningRate,

    /// <summary>v ← μv + ratio·(g + λθ), θ ← θ − η·v: the learning rate is outside, as in PyTorch's SGD and in LARC and other
    /// implementations on top of it.</summary>
    Unscaled,
}
