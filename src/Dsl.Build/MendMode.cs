namespace Dsl.Build;

/// <summary>The values of the property DslMendTorchSharp.</summary>
internal enum MendMode
{
    /// <summary>Where the C++ library of the building machine is too old.</summary>
    Auto,

    /// <summary>On any machine: for programs that go to one with an older system.</summary>
    Always,

    /// <summary>The package's file goes out as it is.</summary>
    Never,
}
