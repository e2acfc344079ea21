using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Graph;

/// <summary>How an operation combines the losses of rows or elements; the numbers are libtorch's.</summary>
internal enum Reduced
{
    None,
    Mean,
    Sum,
}
