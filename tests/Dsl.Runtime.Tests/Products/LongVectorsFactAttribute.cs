using System.Runtime.Intrinsics.X86;
using Xunit;

namespace Dsl.Runtime.Tests.Products;

/// <summary>A test of loops that are written for AVX-512.</summary>
public sealed class LongVectorsFactAttribute : FactAttribute
{
    public LongVectorsFactAttribute() => Skip = LongVectorsTheoryAttribute.Reason;
}

/// <summary>The same over several rows.</summary>
public sealed class LongVectorsTheoryAttribute : TheoryAttribute
{
    public LongVectorsTheoryAttribute() => Skip = Reason;

    internal static string? Reason => Avx512F.IsSupported ? null : "The processor has no AVX-512, or .NET does not use it.";
}
