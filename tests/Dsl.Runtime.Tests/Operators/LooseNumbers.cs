using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>
/// Finds, in compiled code, the calls at which TorchSharp makes the native object of a number that nothing keeps: a collection
/// may free it while libtorch reads it. Such are a bare number as an argument, and TorchSharp's methods that make one
/// themselves (<c>x * 2.0</c>, <c>a + b</c> with its factor of one, <c>x.ToDouble()</c>) or call another one that does.
/// </summary>
/// <remarks>Not seen is what a call of an overridden method or of a delegate runs.</remarks>
public sealed class LooseNumbers : IDisposable
{
    private const string Scalar = "TorchSharp.Scalar";

    // The table that keeps numbers makes them.
    private const string Table = "Dsl.Runtime.Numbers";

    private readonly DefaultAssemblyResolver _resolver = new();
    private readonly HashSet<string> _making = [];
    private readonly string _folder = AppContext.BaseDirectory;

    public LooseNumbers()
    {
        _resolver.AddSearchDirectory(_folder);
        var torchSharp = _resolver.Resolve(new AssemblyNameReference("TorchSharp", null)).MainModule;
        var callers = new Dictionary<string, List<string>>();
        var found = new Queue<string>();
        foreach (var method in Methods(torchSharp))
        {
            // What gives a number away leaves it to its caller.
            if (method.ReturnType.FullName == Scalar || method.DeclaringType.FullName == Scalar) continue;
            foreach (var (instruction, called) in Calls(method))
            {
                string name = method.FullName, target = Definition(called);
                if (Makes(called) && !IsKept(method, instruction) && _making.Add(name)) found.Enqueue(name);
                if (!callers.TryGetValue(target, out var of)) callers.Add(target, of = []);
                of.Add(name);
            }
        }

        while (found.TryDequeue(out var method))
        {
            foreach (var caller in callers.GetValueOrDefault(method, []))
                if (_making.Add(caller)) found.Enqueue(caller);
        }
    }

    /// <summary>The places in an assembly with symbols, in the order of its code.</summary>
    /// <param name="assembly">Its simple name.</param>
    public IReadOnlyList<LooseNumber> In(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(
            Path.Combine(_folder, assembly + ".dll"), new ReaderParameters { AssemblyResolver = _resolver, ReadSymbols = true });
        var found = new List<LooseNumber>();
        foreach (var method in Methods(module))
        {
            if (method.DeclaringType.FullName == Table) continue;
            foreach (var (instruction, called) in Calls(method))
            {
                bool bare = Makes(called);
                if (bare ? IsKept(method, instruction) : !_making.Contains(Definition(called))) continue;
                var point = PointOf(method, instruction);
                found.Add(new LooseNumber(
                    point?.Document.Url ?? module.Name, point?.StartLine ?? 0,
                    $"{method.DeclaringType.Name}.{method.Name}", (bare ? Taker(instruction) : called).Name));
            }
        }

        return found;
    }

    public void Dispose() => _resolver.Dispose();

    private static IEnumerable<MethodDefinition> Methods(ModuleDefinition module) =>
        module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);

    /// <summary>TorchSharp's methods that a method calls or makes a delegate of.</summary>
    private static IEnumerable<(Instruction Instruction, MethodReference Called)> Calls(MethodDefinition method)
    {
        foreach (var instruction in method.Body.Instructions)
        {
            if (instruction.Operand is not MethodReference called) continue;
            string scope = Path.GetFileNameWithoutExtension(called.DeclaringType.Scope.Name);
            if (scope == "TorchSharp") yield return (instruction, called);
        }
    }

    /// <summary>The full name without type arguments.</summary>
    private static string Definition(MethodReference called) => called.Resolve()?.FullName ?? called.FullName;

    private static bool Makes(MethodReference called) =>
        called.ReturnType.FullName == Scalar || (called.DeclaringType.FullName == Scalar && called.Name == ".ctor");

    /// <summary>Whether the number goes into a local variable that the method disposes of, or into a static field.</summary>
    private static bool IsKept(MethodDefinition method, Instruction making)
    {
        if (making.Next is not { } next) return false;
        if (next.OpCode.Code == Code.Stsfld) return true;
        if (Local(method, next, isRead: false) is not { } local) return false;
        return method.Body.Instructions.Any(instruction =>
            Local(method, instruction, isRead: true) == local
            && instruction.Next?.Operand is MethodReference { Name: nameof(IDisposable.Dispose) });
    }

    private static VariableDefinition? Local(MethodDefinition method, Instruction instruction, bool isRead)
    {
        var locals = method.Body.Variables;
        return (instruction.OpCode.Code, isRead) switch
        {
            (Code.Ldloc_0, true) or (Code.Stloc_0, false) => locals[0],
            (Code.Ldloc_1, true) or (Code.Stloc_1, false) => locals[1],
            (Code.Ldloc_2, true) or (Code.Stloc_2, false) => locals[2],
            (Code.Ldloc_3, true) or (Code.Stloc_3, false) => locals[3],
            (Code.Ldloc_S or Code.Ldloc, true) or (Code.Stloc_S or Code.Stloc, false) =>
                (VariableDefinition)instruction.Operand,
            _ => null,
        };
    }

    /// <summary>The first call behind a number that takes numbers.</summary>
    private static MethodReference Taker(Instruction making)
    {
        for (var next = making.Next; next is not null; next = next.Next)
        {
            if (next.Operand is not MethodReference taker) continue;
            if (taker.Parameters.Any(parameter => parameter.ParameterType.FullName == Scalar)) return taker;
        }

        return (MethodReference)making.Operand;
    }

    private static SequencePoint? PointOf(MethodDefinition method, Instruction instruction) =>
        method.DebugInformation.SequencePoints.LastOrDefault(point => point.Offset <= instruction.Offset && !point.IsHidden);
}

/// <summary>A place at which a number is made that nothing keeps.</summary>
/// <param name="File">The source file.</param>
/// <param name="Line">Its line.</param>
/// <param name="Method">The type and method.</param>
/// <param name="Operation">TorchSharp's method that takes the number.</param>
public sealed record LooseNumber(string File, int Line, string Method, string Operation)
{
    public override string ToString() =>
        $"{File}:{Line} ({Method}): TorchSharp's {Operation} makes a number that may be freed too early: write {Instead}";

    private string Instead => Operation switch
    {
        "op_Addition" => "Aten.add",
        "op_Subtraction" => "Aten.sub",
        "op_Multiply" => "Aten.mul",
        "op_Division" => "Aten.div",
        "op_Modulus" => "Aten.remainder",
        "square" => "Aten.pow(x, 2)",
        "ToDouble" or "ToSingle" => "Aten.item",
        "ToInt64" or "ToInt32" => "Aten.item_int64",
        "ToBoolean" => "Aten.is_nonzero",
        _ when typeof(Aten).GetMember(Operation).Length > 0 => $"Aten.{Operation}",
        _ => "a method of Aten over Numbers.Of, or a number of your own in a `using var`",
    };
}
