namespace TorchSharp;

/// <summary>Disposes the tensors made inside it when it ends. Made by <see cref="torch.NewDisposeScope"/>; scopes nest.</summary>
/// <remarks>Scopes are per thread: never <c>await</c> inside one.</remarks>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? innermost;

    private readonly List<torch.Tensor> tensors = [];
    private readonly List<IDisposable> others = [];

    internal DisposeScope()
    {
        OuterScope = innermost;
        innermost = this;
    }

    /// <summary>The innermost open scope of this thread.</summary>
    internal static DisposeScope? Innermost => innermost;

    /// <summary>The scope around this one.</summary>
    internal DisposeScope? OuterScope { get; private set; }

    /// <summary>How many objects end with this scope.</summary>
    public int DisposablesCount => tensors.Count + others.Count;

    /// <summary>Whether an object ends with this scope.</summary>
    public bool Contains(IDisposable disposable) =>
        disposable is torch.Tensor tensor ? tensor.OwningDisposeScope == this : others.Contains(disposable);

    /// <summary>Moves an object to the scope around this one, or out of all scopes when there is none.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable => MoveToOther(OuterScope, disposable);

    /// <summary>Moves objects to the scope around this one.</summary>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    /// <summary>Moves objects to the scope around this one.</summary>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    /// <summary>Moves objects to the scope around this one.</summary>
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    /// <summary>Moves objects to the scope around this one.</summary>
    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    /// <summary>Moves an object to another scope, or out of all scopes when there is none.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        if (disposable is not null)
        {
            Remove(disposable);
            scope?.Add(disposable);
        }

        return disposable!;
    }

    /// <summary>Moves objects to another scope, or out of all scopes when there is none.</summary>
    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables.ToArray())
        {
            MoveToOther(scope, disposable);
        }
    }

    /// <summary>Takes an object out of this scope: the caller disposes it.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable => MoveToOther(null, disposable);

    /// <summary>Takes objects out of this scope.</summary>
    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes objects out of this scope.</summary>
    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(null, disposables);

    /// <summary>Puts an object into this scope, taking a tensor out of the scope that it was in.</summary>
    public void Attach(IDisposable disposable) => MoveToOther(this, disposable);

    /// <summary>Puts objects into this scope.</summary>
    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    /// <summary>Puts objects into this scope.</summary>
    /// <returns>The objects.</returns>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var attached = disposables.ToArray();
        MoveToOther(this, attached);
        return attached;
    }

    /// <summary>Disposes what is in this scope now; the scope stays open.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    /// <summary>Disposes what is in this scope now except some objects; the scope stays open.</summary>
    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <summary>Disposes what is in this scope now except some objects; the scope stays open.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var keep = inKeep.ToHashSet<IDisposable>(ReferenceEqualityComparer.Instance);
        foreach (var tensor in tensors.Where(tensor => !keep.Contains(tensor)).ToArray())
        {
            tensor.Dispose();
        }

        foreach (var other in others.Where(other => !keep.Contains(other)).ToArray())
        {
            others.Remove(other);
            other.Dispose();
        }
    }

    /// <summary>Disposes what is in this scope now except one object; the scope stays open.</summary>
    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    /// <summary>Disposes what is in this scope and closes it.</summary>
    public void Dispose()
    {
        for (var last = tensors.Count - 1; last >= 0; last = Math.Min(last, tensors.Count) - 1)
        {
            tensors[last].Dispose();
        }

        foreach (var other in others.ToArray())
        {
            other.Dispose();
        }

        others.Clear();
        Close();
    }

    /// <summary>Tensors keep their own place in the list, so that leaving costs no search: a step makes thousands.</summary>
    internal void Add(torch.Tensor tensor)
    {
        tensor.OwningDisposeScope = this;
        tensor.ScopeSlot = tensors.Count;
        tensors.Add(tensor);
    }

    internal void Remove(torch.Tensor tensor)
    {
        var last = tensors[^1];
        tensors[tensor.ScopeSlot] = last;
        last.ScopeSlot = tensor.ScopeSlot;
        tensors.RemoveAt(tensors.Count - 1);
        tensor.OwningDisposeScope = null;
    }

    private void Add(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
        {
            Add(tensor);
        }
        else
        {
            others.Add(disposable);
        }
    }

    /// <summary>A tensor leaves whatever scope it is in; for other objects only this scope can know.</summary>
    private void Remove(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope?.Remove(tensor);
        }
        else
        {
            others.Remove(disposable);
        }
    }

    /// <summary>Leaves this thread's chain of scopes, also when a scope inside this one is still open.</summary>
    private void Close()
    {
        if (innermost == this)
        {
            innermost = OuterScope;
            return;
        }

        for (var scope = innermost; scope is not null; scope = scope.OuterScope)
        {
            if (scope.OuterScope == this)
            {
                scope.OuterScope = OuterScope;
                return;
            }
        }
    }
}
