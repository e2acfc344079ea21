using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Positions of the nodes of a graph: eigenvectors of its normalised Laplacian I − D^(−1/2) A D^(−1/2) with the smallest
/// eigenvalues (Dwivedi and Bresson 2021, arXiv 2012.09699, section 2.1; Belkin and Niyogi 2003).
/// </summary>
/// <remarks>
/// <para>
/// Each connected component has the positions that it would have alone: its own trivial eigenvector, of eigenvalue 0, is left
/// out, which says nothing but its degrees, and the next ones are taken. Components of a graph are so told apart by their own
/// shapes and not by where they stand. A component of n nodes has n − 1 such vectors; where more are wanted, zeros follow.
/// </para>
/// <para>
/// Edges are undirected: one in either direction counts once, and one from a node to itself not at all. Vectors have length 1
/// within their component, and of their largest elements in size, to 10⁻⁶ of it, the first is positive. The computation is in
/// double precision. Of an eigenvalue that comes several times any basis is as good as another: it depends on the order of the
/// nodes.
/// </para>
/// </remarks>
public static class LaplacianEigenvectors
{
    // Sizes that differ by no more are those of elements that symmetry makes equal.
    private const double Tie = 1e-6;

    /// <summary>Positions of a graph's nodes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="count">K: eigenvectors, at least 1.</param>
    /// <returns>[n, K] float32 on the CPU, the smallest eigenvalue first; the caller frees it.</returns>
    public static Tensor Of(GraphSample graph, int count)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Of(graph.Edges, graph.Nodes.size(0), count);
    }

    /// <summary>Positions of a graph's nodes.</summary>
    /// <param name="edges">[2, E] int64.</param>
    /// <param name="nodes">How many nodes there are.</param>
    /// <param name="count">K: eigenvectors, at least 1.</param>
    /// <returns>[N, K] float32 on the CPU, the smallest eigenvalue first; the caller frees it.</returns>
    /// <exception cref="ArgumentException">Edges are no list of edges, or name a node that is not there.</exception>
    public static Tensor Of(Tensor edges, long nodes, int count)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentOutOfRangeException.ThrowIfNegative(nodes);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (edges.dim() != 2 || edges.size(0) != 2 || edges.dtype != ScalarType.Int64)
            throw new ArgumentException(
                $"Edges are [2, E] int64, but these are [{string.Join(", ", edges.shape)}] {edges.dtype}.", nameof(edges));
        var neighbours = Neighbours(edges, (int)nodes);
        var positions = new float[nodes, count];
        var seen = new bool[nodes];
        for (int start = 0; start < nodes; start++)
        {
            if (seen[start]) continue;
            var component = Component(start, neighbours, seen);
            if (component.Count > 1) Write(component, neighbours, positions);
        }

        return tensor(positions);
    }

    private static SortedSet<int>[] Neighbours(Tensor edges, int nodes)
    {
        using var flat = edges.cpu().contiguous();
        var ends = MemoryMarshal.Cast<byte, long>(flat.bytes);
        int count = ends.Length / 2;
        SortedSet<int>[] neighbours = [.. Enumerable.Range(0, nodes).Select(_ => new SortedSet<int>())];
        for (int edge = 0; edge < count; edge++)
        {
            long from = ends[edge], to = ends[count + edge];
            if (Math.Min(from, to) < 0 || Math.Max(from, to) >= nodes)
                throw new ArgumentException(
                    $"Edge {edge} leads from node {from} to node {to}, but there are {nodes}, numbered from 0.", nameof(edges));
            if (from == to) continue;
            neighbours[from].Add((int)to);
            neighbours[to].Add((int)from);
        }

        return neighbours;
    }

    // In the order of the nodes' numbers.
    private static List<int> Component(int start, SortedSet<int>[] neighbours, bool[] seen)
    {
        List<int> found = [start];
        seen[start] = true;
        for (int next = 0; next < found.Count; next++)
        {
            foreach (int node in neighbours[found[next]])
            {
                if (seen[node]) continue;
                seen[node] = true;
                found.Add(node);
            }
        }

        found.Sort();
        return found;
    }

    private static void Write(List<int> component, SortedSet<int>[] neighbours, float[,] positions)
    {
        int size = component.Count, count = Math.Min(size - 1, positions.GetLength(1));
        var places = component.Select((node, place) => (node, place)).ToDictionary(pair => pair.node, pair => pair.place);
        var laplacian = new double[size, size];
        foreach (int node in component)
        {
            laplacian[places[node], places[node]] = 1;
            foreach (int other in neighbours[node])
                laplacian[places[node], places[other]] = -1 / Math.Sqrt((double)neighbours[node].Count * neighbours[other].Count);
        }

        using var scope = NewDisposeScope();
        var (_, vectors) = linalg.eigh(tensor(laplacian));
        double[] all = MemoryMarshal.Cast<byte, double>(vectors.contiguous().bytes).ToArray();
        for (int column = 0; column < count; column++)
        {
            // The trivial vector is the first: its eigenvalue is the one that is 0.
            double Element(int place) => all[(place * size) + column + 1];
            double largest = Enumerable.Range(0, size).Max(place => Math.Abs(Element(place)));
            int first = Enumerable.Range(0, size).First(place => Math.Abs(Element(place)) >= largest * (1 - Tie));
            double sign = Element(first) < 0 ? -1 : 1;
            for (int place = 0; place < size; place++) positions[component[place], column] = (float)(sign * Element(place));
        }
    }
}
